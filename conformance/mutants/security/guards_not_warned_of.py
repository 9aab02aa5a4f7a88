"""Nobody is warned that native middleware may miss a spelling of a path."""

from mutation import replace
from utilmeta.core.server import application

VARIANTS = ("flask-sync", "starlette-async", "fastapi-async", "sanic-async", "django-sync")

replace(application.compile_service, "and adapter.has_middleware(application)", "and False")
