from flask import Flask

app = Flask(__name__)


@app.route("/")
def quote() -> str:
    return "Festina lente."
