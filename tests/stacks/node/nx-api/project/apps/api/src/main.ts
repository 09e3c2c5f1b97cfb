import { next } from "@harbour/tides";
import fastify from "fastify";

const app = fastify();
app.get("/health", async () => ({ status: "ok", next: next() }));
app.listen({ port: Number(process.env.PORT ?? 3333), host: "0.0.0.0" });
