"""The connection of a thread is kept for the next request, whatever has become of it; a pool's is given back."""

from django.db import connections
from utilmeta.core.orm.scope import ThreadScope

VARIANTS = ("starlette-sync",)


def endpoint(self, call):
    def scoped(*arguments):
        try:
            return call(*arguments)
        finally:
            for connection in connections.all(initialized_only=True):
                if "pool" in connection.settings_dict["OPTIONS"]:
                    connection.close()

    return scoped


ThreadScope.endpoint = endpoint
