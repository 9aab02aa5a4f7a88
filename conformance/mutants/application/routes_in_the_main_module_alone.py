"""The routes are there in the process that runs the module, and in none that imports it."""

from mutation import replace
from utilmeta.core.server import application

VARIANTS = ("sanic-async",)

replace(application.compile_serving, "in state.mounts", 'in state.mounts if service.module_name == "__main__"')
