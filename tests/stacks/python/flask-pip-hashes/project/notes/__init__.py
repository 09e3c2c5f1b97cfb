from flask import Flask, render_template


def create_app() -> Flask:
    app = Flask(__name__)

    @app.get("/health")
    def health() -> tuple[str, int]:
        return "ok", 200

    @app.get("/")
    def index() -> str:
        return render_template("index.html", notes=["milk", "bread"])

    return app
