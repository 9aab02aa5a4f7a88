"""A variable that a plain hook sets to None is as if it had not been set."""

from mutation import replace
from utilmeta.core.concurrency import context

VARIANTS = ("starlette-async", "fastapi-async", "sanic-async", "tornado-async", "django-async", "flask-async")

replace(context.adopt, "variable.get(context)", "variable.get(None)")
