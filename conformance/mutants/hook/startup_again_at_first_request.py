"""The startup hooks run before the service answers, and again at the first request."""

from mutation import replace
from utilmeta.core.server.backends import flask_server

VARIANTS = ("flask-sync",)

replace(
    flask_server.run,
    "deployment.lifecycle.start()",
    "deployment.lifecycle.start(); deployment.lifecycle.started = False",
)
