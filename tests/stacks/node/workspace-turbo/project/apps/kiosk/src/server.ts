import http from "node:http";
import { next } from "@railway/timetable";

const server = http.createServer((request, response) => {
  response.end(request.url === "/healthz" ? "ok" : next("Oslo"));
});
server.listen(Number(process.env.PORT ?? 3900));
process.once("SIGTERM", () => server.close());
