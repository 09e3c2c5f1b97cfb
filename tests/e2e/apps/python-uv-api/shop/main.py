"""Answers a JSON route and serves a static page."""

from pathlib import Path

import orjson
from acme_greeting import GREETING
from fastapi import FastAPI, Response
from fastapi.staticfiles import StaticFiles

app = FastAPI()
app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))


@app.get("/healthz")
@app.get("/api")
def answer() -> Response:
    return Response(orjson.dumps({"status": "ok", "greeting": GREETING}), media_type="application/json")
