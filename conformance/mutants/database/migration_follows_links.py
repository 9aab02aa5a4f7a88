"""The lock of a migration is opened wherever a link leads to."""

from mutation import replace
from utilmeta.utils import private_files

VARIANTS = ("flask-sync",)

replace(private_files.open_own, "os.O_NOFOLLOW", "0")
