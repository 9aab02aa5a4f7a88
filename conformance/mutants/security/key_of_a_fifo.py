"""Where a FIFO lies in place of the secret key, somebody is waited for who writes to it."""

from mutation import replace
from utilmeta.utils import private_files

VARIANTS = ("flask-sync",)

replace(private_files.open_own, "os.O_NONBLOCK", "0")
