"""What middleware of Flask raises is raised again in development: the application's own handler never answers."""

from mutation import replace
from utilmeta.core.server.backends import flask_debug_pages

VARIANTS = ("flask-sync", "flask-async")

replace(flask_debug_pages.is_native, "rule is not None and not rule.endpoint.startswith(ENDPOINT)", "True")
