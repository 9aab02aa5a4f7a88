"""A short engine name reaches Django as it was given."""

from mutation import replace
from utilmeta.core.orm.database import Database

VARIANTS = ("flask-sync",)

replace(Database.settings, '"ENGINE": self.path', '"ENGINE": self.engine')
