"""Under `run()` a body of any coding whose last is `chunked` is taken."""

from mutation import replace
from utilmeta.core.server.backends.head_limits import HeadLimits

VARIANTS = ("starlette-async", "fastapi-async", "django-async")

replace(HeadLimits.refusal, "if coded is None:", "if True:")
