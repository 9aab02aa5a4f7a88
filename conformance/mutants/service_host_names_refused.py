"""A Host header that is another name than localhost is refused unless `allowed_hosts` has it."""

from mutation import replace
from utilmeta.core.server import argument
from utilmeta.core.server.host import check_host

replace(argument.hosts, "return None", "return ()")
replace(check_host, "for pattern in allowed:", 'for pattern in ["localhost", *allowed] if name.islower() else ["*"]:')
