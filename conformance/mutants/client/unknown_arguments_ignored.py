"""Arguments that a request function does not have are ignored."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(
    Client._function,
    "bind_partial(self, *arguments, **options)",
    "bind_partial(self, *arguments, **{key: options[key] for key in options if key in plan.signature.parameters})",
)
