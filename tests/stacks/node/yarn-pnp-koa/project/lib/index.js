const Koa = require("koa");
const Router = require("@koa/router");

const router = new Router();
router.get("/bollards", (context) => {
  context.body = { free: [3, 7], linked: Boolean(process.versions.pnp) };
});

const server = new Koa().use(router.routes()).listen(process.env.PORT || 4600);
process.on("SIGTERM", () => server.close(() => process.exit(0)));
