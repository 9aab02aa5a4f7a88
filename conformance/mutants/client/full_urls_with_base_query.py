"""Requests to other origins have `base_query`."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(
    Client._made,
    "if not absolute or held.is_own(url):",
    "if not held.is_own(url):\n        made.query.update(held.query)\n    if not absolute or held.is_own(url):",
)
