import express from "express";

const app = express();
app.get("/", (_request, response) => response.send("orders"));
app.listen(8080);
