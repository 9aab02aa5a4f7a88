"""The service is in development whatever `production` says: in debug, without a warning."""

from mutation import replace
from utilmeta.core.server.service import UtilMeta

replace(UtilMeta.__init__, 'validate_arguments.flag("production", production)', "False")
