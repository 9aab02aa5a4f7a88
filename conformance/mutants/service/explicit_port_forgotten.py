"""With an explicit port the service listens on one that the system chooses."""

from mutation import replace
from utilmeta import UtilMeta

replace(
    UtilMeta.__init__,
    "adapter_class.port if given_port is None else given_port",
    "adapter_class.port if given_port is None else 0",
)
