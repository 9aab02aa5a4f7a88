"""A class that is mounted by class and by reference counts as two, so that it is no root API."""

from mutation import replace
from utilmeta.core.server import application

replace(application.mounted, "len(mounts) == 1", "len(state.mounts) == 1")
