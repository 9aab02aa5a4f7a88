"""DatabaseConnections has another import path."""

import utilmeta.core.orm

del utilmeta.core.orm.DatabaseConnections
