import fastify from "fastify";

const server = fastify();
server.get("/healthz", async () => "ok");
server.get("/", async () => ({ counted: [3, 5, 8] }));
process.once("SIGTERM", () => void server.close());
await server.listen({ port: Number(process.env.PORT ?? 3700), host: "0.0.0.0" });
