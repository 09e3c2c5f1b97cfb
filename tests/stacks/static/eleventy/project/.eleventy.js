module.exports = (config) => {
  config.addPassthroughCopy({ "img": "img" });
  return { dir: { input: "pages", output: "public_html" } };
};
