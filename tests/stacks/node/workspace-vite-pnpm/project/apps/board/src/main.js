import { tiles } from "@departures/tiles";

document.querySelector("main").textContent = tiles("Gdynia 18:04").join("");
