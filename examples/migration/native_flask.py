"""A Flask application that was there before."""

from flask import Flask

app = application = Flask(__name__)


@app.get("/old")
def old() -> str:
    return "old"


def serve(port: int) -> None:
    app.run(port=port)
