import express from "express";
import { trains } from "./trains.js";

const app = express();
app.get("/healthz", (_, response) => response.send("ok"));
app.get("/", (_, response) => response.json(trains()));

const server = app.listen(Number(process.env.PORT ?? 4100), "0.0.0.0");
process.on("SIGINT", () => server.close());
