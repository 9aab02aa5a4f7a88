"""The options of a database are not passed on."""

from mutation import replace
from utilmeta.core.orm.database import Database

VARIANTS = ("flask-sync",)

replace(Database.settings, "**self.options", "")
