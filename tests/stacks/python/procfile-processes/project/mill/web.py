from flask import Flask

app = Flask(__name__)


@app.get("/healthz")
def health() -> str:
    return "turning"


@app.get("/")
def index() -> str:
    return "flour by the sack"
