import { knots } from "@rigging/knots";
import fastify from "fastify";

const server = fastify();
server.get("/healthz", async () => "ok");
server.get("/", async () => ({ knots }));
await server.listen({ port: Number(process.env.PORT ?? 3200), host: "0.0.0.0" });
process.once("SIGTERM", () => server.close());
