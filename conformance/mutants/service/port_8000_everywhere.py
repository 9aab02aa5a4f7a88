"""The default port is 8000 on flask too."""

from utilmeta.core.server.backends.flask import FlaskAdapter

VARIANTS = ("flask-sync",)

FlaskAdapter.port = 8000
