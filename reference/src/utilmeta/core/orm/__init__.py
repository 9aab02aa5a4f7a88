"""Databases for Django's ORM on every backend: the configurations ``DatabaseConnections`` and ``Database``."""

from utilmeta.core.orm.database import Database, DatabaseConnections

__all__ = ["Database", "DatabaseConnections"]
