"""`module_name` is read, and DJANGO_SETTINGS_MODULE does not say so."""

from mutation import replace
from utilmeta.core.server.django_setup.setup import configure

replace(configure, "elif named not in MAIN:", "elif False:")
