"""The HTTP API: a price for an amount, and a health route."""

from acme_pricing import price
from fastapi import FastAPI

app = FastAPI(title="shop")


@app.get("/healthz")
def healthz() -> dict[str, str]:
    """Say that the server is well."""
    return {"status": "ok"}


@app.get("/price/{net}")
def gross(net: float) -> dict[str, float]:
    """Return the gross price of a net amount."""
    return {"net": net, "gross": price(net)}
