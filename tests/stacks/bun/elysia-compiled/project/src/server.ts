import { Elysia } from "elysia";

const app = new Elysia()
  .get("/", async () => await Bun.file("public/quote.txt").text())
  .get("/health", () => "ok")
  .listen(Number(process.env.PORT ?? 4000));

process.on("SIGTERM", async () => {
  await app.stop();
  process.exit(0);
});
