"""The lock of a migration is opened wherever a link leads to."""

from mutation import replace
from utilmeta.core.orm import migration

VARIANTS = ("flask-sync",)

replace(migration.turns_in_a_file, 'getattr(os, "O_NOFOLLOW", 0)', "0")
