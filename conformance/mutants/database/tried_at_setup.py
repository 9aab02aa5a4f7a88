"""A service does not start while one of its databases is down."""

from mutation import replace
from utilmeta.core.orm import DatabaseConnections

VARIANTS = ("flask-sync",)

replace(
    DatabaseConnections.setup,
    "connection.install()",
    """connection.install()
    for alias in self.connections:
        connection.connections[alias].ensure_connection()""",
)
