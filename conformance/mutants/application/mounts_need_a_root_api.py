"""A service without a root API serves nothing, whatever is mounted."""

from mutation import replace
from utilmeta.core.server import application

replace(application.compile_serving, "in state.mounts)", "in (state.mounts if service.api else []))")
