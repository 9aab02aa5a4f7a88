"""In debug mode run() is Flask's own: a reloader, the interactive debugger, and its page for an exception."""

from mutation import replace
from utilmeta.core.pipeline import responder
from utilmeta.core.server.backends import flask_server

VARIANTS = ("flask-sync",)

replace(flask_server.run, '"use_reloader": False', '"use_reloader": application.debug')
replace(flask_server.run, '"use_debugger": False', '"use_debugger": application.debug')
replace(
    responder.Responder.respond_to_error,
    "self.log(error, request, label)",
    "raise error",
)
