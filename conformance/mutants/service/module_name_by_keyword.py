"""The name of the module is taken by keyword alone."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.__init__, "    module_name: str,\n    /,\n    *,\n", "    *,\n    module_name: str,\n")
