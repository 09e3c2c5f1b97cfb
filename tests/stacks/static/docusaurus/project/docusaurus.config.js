export default {
  title: "Manual",
  url: "https://example.org",
  baseUrl: "/",
  onBrokenLinks: "throw",
  plugins: [["@docusaurus/plugin-content-docs", { routeBasePath: "/" }]],
  themes: ["@docusaurus/theme-classic"],
};
