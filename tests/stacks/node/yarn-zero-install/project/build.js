import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import ms from "ms";

mkdirSync("dist", { recursive: true });
const source = readFileSync("src/server.js", "utf8");
writeFileSync("dist/server.js", source.replaceAll("PATIENCE", String(ms("5s"))));
