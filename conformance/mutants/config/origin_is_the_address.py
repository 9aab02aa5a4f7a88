"""Without `origin` it is made of host and port."""

from mutation import replace
from utilmeta import UtilMeta

replace(
    UtilMeta.__init__,
    "validate_arguments.origin(origin)",
    "validate_arguments.origin(origin or f'http://{self.host}')",
)
