import Fastify from "fastify";
import { greeting } from "@shop/greet";

const app = Fastify();
app.get("/healthz", async () => "ok");
app.get("/hello", async () => greeting("ada", 90_000));
process.on("SIGTERM", () => app.close());
await app.listen({ port: Number(process.env.PORT ?? 3000), host: "0.0.0.0" });
