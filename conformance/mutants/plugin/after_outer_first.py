"""After hooks of an outer class run first, as before hooks do."""

from mutation import replace
from utilmeta.core.api.hook_resolution import HookResolver

replace(HookResolver.resolve, "after[:0] =", "after +=")
