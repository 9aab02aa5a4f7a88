"""With an explicit port the service listens on one that the system chooses."""

from mutation import replace
from utilmeta import UtilMeta

replace(
    UtilMeta.__init__,
    "self._adapter_class.port if given_port is None else given_port",
    "self._adapter_class.port if given_port is None else 0",
)
