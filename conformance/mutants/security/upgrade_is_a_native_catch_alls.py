"""A request that asks for an upgrade to WebSocket is refused with a page where a native catch-all has its path, too."""

from mutation import replace
from utilmeta.core.server.backends import flask

VARIANTS = ("flask-sync", "flask-async")

replace(
    flask.ask_natives_again,
    'rule, values = chosen(match, environ, *args, **{**options, "websocket": False})',
    'rule, values = match(*args, **{**options, "websocket": False})',
)
