"""A root API that is mounted at its own route is there below itself as well."""

from mutation import replace
from utilmeta.core.server import application

replace(application.mounted, "if mount != (service.route, mounts[0][1])", "if mount")
