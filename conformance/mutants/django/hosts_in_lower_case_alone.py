"""A name in `allowed_hosts` that is written in upper case is no one's."""

from mutation import replace
from utilmeta.core.pipeline.host import allowed_hosts

replace(allowed_hosts, "[pattern.lower() for", "[pattern for")
