"""A client's requests say of themselves what its makers like: User-Agent, Accept, Accept-Language, and no encoding."""

from utilmeta.core.cli import request

LEVEL = "full"
request.UNLESS_SAID = (
    ("User-Agent", "acme/1.0 (+https://example.com)"),
    ("Accept", "application/json, text/*;q=0.5, */*;q=0.1"),
    ("Accept-Language", "en"),
    ("Cache-Control", "no-cache"),
)
