import express from "express";
import { greeting } from "@shop/greet";

const app = express();
app.get("/healthz", (_request, response) => { response.send("ok"); });
app.get("/hello", (_request, response) => { response.send(greeting("ada", 90_000)); });
const server = app.listen(Number(process.env.PORT ?? 3000));
process.on("SIGTERM", () => server.close());
