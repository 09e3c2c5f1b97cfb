import http from "node:http";
import escape from "escape-html";

const server = http.createServer((_, response) => response.end(escape("flags <up>")));
server.requestTimeout = PATIENCE;
server.listen(Number(process.env.PORT ?? 3500));
