"""`base_headers` are in the first request alone."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(
    Client._made,
    "headers=held.headers if own else None",
    'headers=held.headers if own and self.__dict__.setdefault("_once", True) else None',
)
replace(Client._made, "return made", "self._once = False\n    return made")
