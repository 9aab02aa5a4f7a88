"""A request function of a mixin that is named like a built-in one is let through (CLIENT-g18)."""

from mutation import replace
from utilmeta.core.cli.declaration import check_class

replace(check_class, "for base in cls.__mro__ for item", "for base in (cls,) for item")
