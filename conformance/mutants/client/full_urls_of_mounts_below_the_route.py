"""A full URL in the decorator is put behind the route of a client that is mounted (CLIENT-g3)."""

from mutation import replace
from utilmeta.core.cli import declaration

replace(
    declaration.compile_plan,
    "absolute = ABSOLUTE.match(said) is not None",
    "absolute = ABSOLUTE.match(said) is not None and not route",
)
