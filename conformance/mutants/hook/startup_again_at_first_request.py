"""The startup hooks run before the service answers, and again at the first request."""

from mutation import replace
from utilmeta.core.server.backends import werkzeug

VARIANTS = ("flask-sync",)

replace(
    werkzeug.run, "deployment.lifecycle.start()", "deployment.lifecycle.start(); deployment.lifecycle.started = False"
)
