"""Of fields that a server has not joined, exactly as many as the service takes are refused."""

from mutation import replace
from utilmeta.core.request import request

VARIANTS = ("starlette-async", "fastapi-sync")

replace(request.check_head, "len(lengths) > fields", "len(lengths) >= fields")
