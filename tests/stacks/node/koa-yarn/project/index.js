const Koa = require("koa");

const app = new Koa();
app.use(async (ctx) => {
  ctx.body = "menu";
});
app.listen(4000);
