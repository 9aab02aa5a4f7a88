"""The hook decorators return None."""

from mutation import replace
from utilmeta import UtilMeta

for decorator in (UtilMeta.on_startup, UtilMeta.on_shutdown):
    replace(decorator, "return function", "return None")
