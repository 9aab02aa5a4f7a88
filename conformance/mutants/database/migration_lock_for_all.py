"""The lock of a migration is a file among the temporary ones."""

from mutation import replace
from utilmeta.core.orm import migration

VARIANTS = ("flask-sync",)

replace(migration.lock_directory, "return directory", "return Path(tempfile.gettempdir())")
