"""The application."""

from fastapi import FastAPI
from greet import greeting

app = FastAPI()


@app.get("/healthz")
def health() -> dict[str, str]:
    """Tell that it is well."""
    return {"status": "ok"}


@app.get("/hello")
def hello() -> str:
    """Greet."""
    return greeting("ada", 1000)
