"""The API answers."""

from fastapi.testclient import TestClient

from shop.main import app


def test_price() -> None:
    assert TestClient(app).get("/price/100").json() == {"net": 100.0, "gross": 119.0}
