"""A Host header that is another name than localhost is refused unless `allowed_hosts` has it."""

from mutation import replace
from utilmeta.core.pipeline.host import AllowedHosts
from utilmeta.core.server import validate_arguments

replace(validate_arguments.hosts, "return None", 'return ("localhost",)')
replace(AllowedHosts.serves, "return name in", "return not name.islower() or name in")
