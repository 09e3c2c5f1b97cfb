const app = require("fastify")();
app.get("/health", async () => ({ status: "ok" }));
app.listen({ port: process.env.PORT || 3000, host: "0.0.0.0" });
