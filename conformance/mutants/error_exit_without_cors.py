"""The answer to what is no Exception has no headers of CORS."""

from mutation import replace
from utilmeta.core.server import call

for function in (call.permitted, call.permitted_later):
    replace(function, "except BaseException as error:", "except Exception as error:")
