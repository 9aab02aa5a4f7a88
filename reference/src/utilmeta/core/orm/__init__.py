"""Databases, used through Django's ORM on every backend."""

from utilmeta.core.orm.database import Database, DatabaseConnections

__all__ = ["Database", "DatabaseConnections"]
