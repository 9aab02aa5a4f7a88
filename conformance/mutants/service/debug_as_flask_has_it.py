"""In debug mode run() is Flask's own: a reloader, the interactive debugger, and its page for an exception."""

from mutation import replace
from utilmeta.core.pipeline import dispatch
from utilmeta.core.server.backends import werkzeug

VARIANTS = ("flask-sync",)

replace(werkzeug.run, '"use_reloader": False', '"use_reloader": application.debug')
replace(werkzeug.run, '"use_debugger": False', '"use_debugger": application.debug')
replace(
    dispatch.Responder.fail,
    "self.log(error, request, label)",
    "raise error",
)
