"""The lock of a migration is kept in whatever directory a link leads to."""

from mutation import replace
from utilmeta.core.orm import migration

VARIANTS = ("flask-sync",)

replace(migration.require_private, "os.lstat(", "os.stat(")
