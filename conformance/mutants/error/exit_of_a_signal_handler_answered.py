"""The exit of a signal handler is answered as one of the endpoint's."""

from utilmeta.core.errors import interruption

VARIANTS = ("starlette-async", "fastapi-async", "sanic-async", "tornado-async", "django-async")

interruption.is_signal_handler = lambda frame: False
