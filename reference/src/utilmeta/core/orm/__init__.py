"""Databases for Django's ORM on every backend: their configurations, and ``Atomic``, which begins transactions."""

from utilmeta.core.orm.database import Database, DatabaseConnections
from utilmeta.core.orm.plugin import Atomic

__all__ = ["Atomic", "Database", "DatabaseConnections"]
