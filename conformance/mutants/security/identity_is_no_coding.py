"""Under uvicorn `identity` is no coding, so that `identity, chunked` is `chunked` alone."""

from mutation import replace
from utilmeta.core.server.backends.head_limits import HeadLimits

VARIANTS = ("starlette-async", "fastapi-async", "django-async")

replace(
    HeadLimits.refusal,
    'codings = {coding.strip().lower() for coding in coded.split(b",")}',
    'coded = b",".join(each for each in coded.lower().replace(b" ", b"").split(b",") if each != b"identity")\n'
    '    codings = {*coded.split(b",")}',
)
