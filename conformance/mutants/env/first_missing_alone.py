"""Of the variables that are missing the first one is named."""

from mutation import replace
from utilmeta.conf import env

replace(env.missing, "names = [name for name in names if name not in ambiguous]", "names = names[:1]")
