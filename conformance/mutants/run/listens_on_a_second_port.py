"""run() listens on a second port too, of the kernel's choice."""

from mutation import replace
from utilmeta.core.server.run import run

replace(run, "adapter.listen(host, port)", "[*adapter.listen(host, port), *adapter.listen(host, 0)]")
