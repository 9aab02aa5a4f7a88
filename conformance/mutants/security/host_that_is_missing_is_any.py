"""A request without a Host is for any host."""

from mutation import replace
from utilmeta.core.pipeline.host import AllowedHosts

replace(AllowedHosts.judge, "(asked is not None and self", "(asked is None or self")
