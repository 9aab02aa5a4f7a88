"""A plain endpoint whose client has left is not waited for at a stop."""

from mutation import replace
from utilmeta.core.pipeline import dispatch

VARIANTS = ("sanic-async", "django-async")

replace(dispatch.compile_async_handle, "answering if in_flight is None else in_flight.keep(answering)", "answering")
