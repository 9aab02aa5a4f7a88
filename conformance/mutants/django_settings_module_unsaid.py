"""`module_name` is read, and DJANGO_SETTINGS_MODULE does not say so."""

from mutation import replace
from utilmeta.core.server.installation import configure

replace(configure, "elif named not in MAIN:", "elif False:")
