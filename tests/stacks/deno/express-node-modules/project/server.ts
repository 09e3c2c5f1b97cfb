import express from "express";

const app = express();
app.use(express.static("public"));
app.get("/health", (_request, response) => {
  response.send("ok");
});
app.listen(3000, "0.0.0.0");
