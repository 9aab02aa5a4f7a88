"""Every database that answers is connected to when the service is set up."""

from mutation import replace
from utilmeta.core.orm import DatabaseConnections

VARIANTS = ("flask-sync",)

replace(
    DatabaseConnections.setup,
    "connection.install()",
    """connection.install()
    import contextlib
    for alias in self.connections:
        with contextlib.suppress(Exception):
            connection.connections[alias].ensure_connection()""",
)
