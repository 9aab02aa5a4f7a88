"""Of what nothing answers the handlers of the outermost class are asked first."""

from mutation import replace
from utilmeta.core.api.hook_resolution import HookResolver

replace(HookResolver.resolve_every, "groups = [", "every = every[::-1]\n    groups = [")
