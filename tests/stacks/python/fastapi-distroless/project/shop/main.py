from fastapi import FastAPI

from shop.stock import level

app = FastAPI(title="Shop")


@app.get("/healthz")
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/stock/{article}")
def stock(article: str) -> dict[str, int]:
    return {article: level(article)}
