"""The framework gives an answer without content the Content-Type of its own default."""

from utilmeta.core.server.backends.flask import Complete

VARIANTS = ("flask-sync",)

del Complete.default_mimetype
