"""The limit is 10 MB whatever `max_body_size` says, and mega is a million."""

from mutation import replace
from utilmeta.core.server.service import UtilMeta

replace(UtilMeta.__init__, 'validate_arguments.size("max_body_size", max_body_size)', "10_000_000")
