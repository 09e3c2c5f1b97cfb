import { Hono } from "hono";
import { books } from "./books";

const app = new Hono();
app.get("/", (c) => c.json(books));
app.get("/healthz", (c) => c.text("ok"));

export default app;
