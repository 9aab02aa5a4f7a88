"""Of several classes that are mounted the first is the root API."""

from mutation import replace
from utilmeta.core.server import application

replace(application.mounted, "len(mounts) == 1", "mounts")
replace(application.mounted, '[("/", api)]', '[("/", api), *mounts[1:]]')
