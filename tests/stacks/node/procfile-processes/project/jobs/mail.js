import { trains } from "../trains.js";

const seconds = Number(process.argv[process.argv.indexOf("--interval") + 1]);
setInterval(() => console.log(`told about ${trains().length} trains`), seconds * 1000);
