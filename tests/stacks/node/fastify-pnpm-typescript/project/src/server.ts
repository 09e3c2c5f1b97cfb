import fastify from "fastify";

const server = fastify({ logger: true });
server.get("/health", async () => ({ status: "ok" }));
process.once("SIGTERM", () => void server.close().then(() => process.exit(0)));
await server.listen({ host: "0.0.0.0", port: Number(process.env.PORT ?? 8080) });
