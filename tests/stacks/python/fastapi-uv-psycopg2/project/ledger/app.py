import os

from fastapi import FastAPI
from sqlalchemy import create_engine, text

engine = create_engine(os.environ.get("DATABASE_URL", "postgresql+psycopg2://ledger@db/ledger"))
app = FastAPI()


@app.get("/readyz")
def readyz() -> dict[str, str]:
    return {"driver": engine.dialect.driver}
