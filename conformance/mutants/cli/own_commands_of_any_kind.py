"""What is no command, or there already, is registered."""

from mutation import replace
from utilmeta import UtilMeta

KINDS = 'if not isinstance(command, type) or not callable(getattr(command, "run", None)):'
replace(UtilMeta.register_command, KINDS, "if not isinstance(command, type): return command\n    if not command:")
replace(UtilMeta.register_command, "if name in self.commands:", "if not name:")
