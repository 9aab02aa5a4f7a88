"""A connection that is lost in mid-request is an error in the words of the driver."""

from mutation import replace
from utilmeta.core.orm.error import is_lost

VARIANTS = ("flask-sync",)

replace(is_lost, ' or bool(getattr(connection, "closed", False)) or not getattr(connection, "open", True)', "")
