"""Of two applications at one route the first is served."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta._mount_other, "if there.route == route:", "if False:")
