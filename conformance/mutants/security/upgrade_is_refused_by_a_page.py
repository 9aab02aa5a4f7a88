"""A request of the API that asks for an upgrade to WebSocket is answered with the framework's own page."""

from mutation import replace
from utilmeta.core.server.backends import flask

VARIANTS = ("flask-sync", "flask-async")

replace(flask.ask_natives_again, "if rule is not api:", "if rule:")
