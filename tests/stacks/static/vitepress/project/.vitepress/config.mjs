export default { title: "Guide", base: "/" };
