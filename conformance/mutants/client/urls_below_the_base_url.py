"""A full URL in a decorator is put behind `base_url`."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(
    Client._function,
    "self._made(plan.method, path, plan.timeout, absolute=plan.absolute)",
    "self._made(plan.method, path, plan.timeout, absolute=False)",
)
