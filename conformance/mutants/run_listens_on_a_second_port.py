"""run() listens on a second port too, of the kernel's choice."""

from mutation import replace
from utilmeta.core.server.service import UtilMeta

replace(
    UtilMeta.run, "self._adapter.listen(host, port)", "[*self._adapter.listen(host, port), *address.listen(host, 0)]"
)
