"""The startup hooks run in a thread while the service answers already."""

from mutation import replace
from utilmeta.core.pipeline import dispatch
from utilmeta.core.server.backends import flask_server

VARIANTS = ("flask-sync",)

replace(flask_server.run, "deployment.lifecycle.start()", "threading.Thread(target=deployment.lifecycle.start).start()")
replace(dispatch.compile_handle, "if not lifecycle.started:", "if False:")
