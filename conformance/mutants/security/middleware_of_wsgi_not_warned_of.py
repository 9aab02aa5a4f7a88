"""Middleware of WSGI that stands before a Flask application is not warned of."""

from mutation import replace
from utilmeta.core.server.backends.flask import FlaskAdapter

VARIANTS = ("flask-sync", "flask-async")

replace(FlaskAdapter.has_middleware.__func__, ' or "wsgi_app" in vars(application)', "")
