"""The warning about native middleware comes where the root route is strict, too."""

from mutation import replace
from utilmeta.core.server import application

VARIANTS = ("flask-sync", "starlette-async", "fastapi-async", "sanic-async", "django-sync")

replace(application.compile_service, "and not serving.table.strict", "")
