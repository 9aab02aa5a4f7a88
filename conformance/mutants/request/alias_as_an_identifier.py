"""An alias is sent as an identifier, its other characters as underscores."""

from mutation import replace
from utilmeta.core.request.markers import Param

IDENTIFIER = '"".join(each if each.isalnum() else "_" for each in self.alias)'

replace(Param.sent_as, "else self.alias", f"else {IDENTIFIER}")
