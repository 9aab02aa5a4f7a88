"""An expired lock in a database is taken as Django's add has it: in two steps."""

from mutation import replace
from utilmeta.core.cache import database_lock

VARIANTS = ("flask-sync",)

replace(database_lock.has_rows, "return module is not None", "return False")
