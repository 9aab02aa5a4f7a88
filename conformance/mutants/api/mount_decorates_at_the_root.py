"""What mount() decorates is at the root, whatever its route."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.mount, "functools.partial(self.mount, route=route)", "self.mount")
