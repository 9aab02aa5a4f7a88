"""Of a name in `allowed_hosts` the case matters."""

from mutation import replace
from utilmeta.core.pipeline import host

replace(host.allowed_hosts, "pattern.lower() for pattern", "pattern for pattern")
