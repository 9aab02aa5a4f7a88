"""The lock of a migration is kept in whatever directory a link leads to."""

from mutation import replace
from utilmeta.utils import private_files

VARIANTS = ("flask-sync",)

replace(private_files.make_private, "os.lstat(", "os.stat(")
