"""A class that inherits from a private one is public where it has an `@api.route` of its own."""

from mutation import replace
from utilmeta.core.api.declaration import is_private

replace(
    is_private,
    'routes = (vars(base).get("__route__") for base in cls.__mro__)\n'
    "    return any(isinstance(found, Route) and found.private for found in routes)",
    'found = getattr(cls, "__route__", None)\n    return isinstance(found, Route) and found.private',
)
