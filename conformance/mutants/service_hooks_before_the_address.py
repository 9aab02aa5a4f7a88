"""The startup hooks run before the address is bound."""

from mutation import replace
from utilmeta import UtilMeta

replace(
    UtilMeta.run,
    "sockets = self._adapter.listen(host, port)",
    "self._lifecycle.start(); sockets = self._adapter.listen(host, port)",
)
