"""Under uvicorn `identity` is no coding, so that `identity, chunked` is `chunked` alone."""

from mutation import replace
from utilmeta.core.server.backends.http_head import coding_refusal

VARIANTS = ("starlette-async", "fastapi-async", "django-async")

replace(
    coding_refusal,
    'codings = [each.strip(b" \\t").lower() for each in coding.split(b",")]',
    'codings = [each for each in coding.lower().replace(b" ", b"").split(b",") if each != b"identity"]',
)
