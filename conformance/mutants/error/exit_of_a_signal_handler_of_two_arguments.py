"""The exit of a signal handler that takes `*args` is answered as one of the endpoint's."""

from mutation import replace
from utilmeta.core.errors import interruption

VARIANTS = ("starlette-async", "fastapi-async", "sanic-async", "tornado-async", "django-async")

replace(interruption.is_signal_handler, "if given.varargs:", "if False:")
