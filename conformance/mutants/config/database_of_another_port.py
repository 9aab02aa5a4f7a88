"""A database without a port is at PostgreSQL's next one."""

from mutation import replace
from utilmeta.core.orm import Database

replace(Database.settings, "port or known.port", "port or 5433")
