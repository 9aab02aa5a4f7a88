"""A directory where every user may put files and none removes another's, as /tmp is, is taken for a private one."""

from mutation import replace
from utilmeta.core.cache import django_cache_quirks

VARIANTS = ("flask-sync",)

replace(
    django_cache_quirks.require_unshared,
    "elif status.st_mode & stat.S_IWOTH:",
    "elif status.st_mode & stat.S_IWOTH and not status.st_mode & stat.S_ISVTX:",
)
