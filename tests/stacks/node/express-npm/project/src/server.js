const express = require("express");
const app = express();
app.get("/healthz", (req, res) => res.send("ok"));
app.get("/", (req, res) => res.json({ cart: [] }));
app.listen(process.env.PORT || 3000);
