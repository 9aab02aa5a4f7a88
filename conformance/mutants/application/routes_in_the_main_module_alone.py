"""The routes are there in the process that runs the module, and in none that imports it."""

from mutation import replace
from utilmeta.core.server import application

VARIANTS = ("sanic-async",)

MOUNTS = "in (*given, *state.mounts)"
replace(application.mounted, MOUNTS, f'{MOUNTS} if service.module_name == "__main__"')
