"""A full URL in a decorator is put behind `base_url`."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(
    Client._made,
    "url = path if path.startswith(ABSOLUTE) else",
    "url = path if path.startswith(ABSOLUTE) and plan.function is None else",
)
