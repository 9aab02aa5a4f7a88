"""A link in place of the directory of a key or lock is refused, but what it leads to is made private before."""

from mutation import replace
from utilmeta.utils import private_files

VARIANTS = ("flask-sync",)

replace(
    private_files.make_private, "status = os.lstat(directory)", "directory.chmod(0o700); status = os.lstat(directory)"
)
