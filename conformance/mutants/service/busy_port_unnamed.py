"""A busy port ends run() with the system's message alone."""

from mutation import replace
from utilmeta.core.server import address

replace(address.listen, "cannot listen on host {host}, port {port}: ", "")
