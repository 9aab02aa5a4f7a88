"""No plugin is asked for an error."""

from mutation import replace
from utilmeta.core.server import composition

replace(composition.plugged, 'if "handle_error" in processes:', "if False:")
