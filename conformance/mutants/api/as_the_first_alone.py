"""Of several APIs in one application only the first is ever asked."""

from mutation import replace
from utilmeta.core.server.backends import flask

VARIANTS = ("flask-sync",)

replace(flask.ask_natives_again, "if not api.build_only or", "if True or")
