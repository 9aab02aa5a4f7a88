"""A root API that is mounted at a route equal to the root route is not there below it."""

from mutation import replace
from utilmeta.core.server import application

replace(
    application.mounted,
    "mounts = list(dict.fromkeys(found))",
    "mounts = list(dict.fromkeys(found))\n"
    "    if state.api is not None:\n"
    "        mounts = [each for each in mounts if each != (service.route, mounts[0][1])]",
)
