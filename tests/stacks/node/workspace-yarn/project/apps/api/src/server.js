"use strict";

const Koa = require("koa");
const { greeting } = require("@shop/greet");

const app = new Koa();
app.use((context) => {
  context.body = greeting("ada");
});
const server = app.listen(process.env.PORT || 3000);
process.on("SIGTERM", () => server.close());
