from flask import Flask
from harbour_quota import left

app = Flask(__name__)


@app.route("/ping")
def ping() -> str:
    return str(left())
