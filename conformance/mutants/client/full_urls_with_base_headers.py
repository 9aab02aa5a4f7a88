"""Requests to other origins have `base_headers`."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(
    Client._made,
    "if not absolute or held.is_own(url):",
    "if not held.is_own(url):\n        made.headers.fields += held.headers\n    if not absolute or held.is_own(url):",
)
