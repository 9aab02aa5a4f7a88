"""Any answer is taken."""

from mutation import replace
from utilmeta.core.server.commands import create

replace(create.asked, "return check(given)", "return given")
replace(create.set_up, "if not validate_arguments.NAME.fullmatch(name):", "if not name:")
