"""Whatever a template declares is taken for good."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(Response.__init_subclass__, 'if "status" in own:', "if False:")
replace(Response.__init_subclass__, 'if keys and "result" not in keys:', "if False:")
