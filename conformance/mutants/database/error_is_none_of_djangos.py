"""A database that is down is an error that is not Django's."""

from mutation import replace
from utilmeta.core.orm.error import Translation

VARIANTS = ("flask-sync",)

replace(
    Translation.__exit__,
    "raise DatabaseUnavailable(self.wrapper.alias, address_of(settings), reason)",
    "raise Unavailable(str(DatabaseUnavailable(self.wrapper.alias, address_of(settings), reason)))",
)
