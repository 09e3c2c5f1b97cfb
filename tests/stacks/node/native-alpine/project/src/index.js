const express = require("express");
const sharp = require("sharp");

const app = express();
app.get("/ping", (request, response) => response.send("pong"));
app.get("/", async (request, response) => {
  const image = sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } });
  response.type("png").send(await image.png().toBuffer());
});
const server = app.listen(process.env.PORT || 3000);
process.on("SIGTERM", () => server.close());
