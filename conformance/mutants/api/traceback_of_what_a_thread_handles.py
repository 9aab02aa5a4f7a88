"""The stack of an error is that of the exception that the thread of the handler is handling."""

import traceback

from mutation import replace
from utilmeta.core.response import error

VARIANTS = ("starlette-async", "fastapi-async", "django-async")

error.format_exc = traceback.format_exc
replace(error.Error.traceback.fget, 'return "".join(format_tb(self.exception.__traceback__))', "return format_exc()")
