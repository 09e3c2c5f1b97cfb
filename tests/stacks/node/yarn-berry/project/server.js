const express = require("express");

const app = express();
app.get("/health", (request, response) => response.send("ok"));
app.get("/", (request, response) => response.send("a knot of yarn"));
app.listen(process.env.PORT || 3000);
