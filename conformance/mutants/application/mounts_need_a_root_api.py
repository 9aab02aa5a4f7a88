"""A service without a root API serves nothing, whatever is mounted."""

from mutation import replace
from utilmeta.core.server import application

replace(application.mounted, "*state.mounts)", "*(state.mounts if state.api else ()))")
