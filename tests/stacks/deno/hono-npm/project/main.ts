import { Hono } from "hono";
import { greet } from "./src/greet.ts";

const app = new Hono();
app.get("/", (c) => c.text(greet(Deno.env.get("GREETING") ?? "Hello")));
app.get("/healthz", (c) => c.text("ok"));

Deno.serve({ port: Number(Deno.env.get("PORT") ?? 8080) }, app.fetch);
