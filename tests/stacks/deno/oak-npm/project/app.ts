import { Application, Router } from "oak";

const router = new Router();
router.get("/ping", (context) => {
  context.response.body = "pong";
});
const app = new Application();
app.use(router.routes());
Deno.addSignalListener("SIGTERM", () => Deno.exit(0));
await app.listen({ hostname: "0.0.0.0", port: 8000 });
