"""What is mounted in a service without `api` is below the root route, and no root API."""

from mutation import replace
from utilmeta.core.server import application

replace(application.mounted, "len(mounts) == 1", "False")
