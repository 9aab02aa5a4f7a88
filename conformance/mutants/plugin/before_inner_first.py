"""Before hooks of an inner class run first, as after hooks do."""

from mutation import replace
from utilmeta.core.api.hook_resolution import HookResolver

replace(HookResolver.resolve, "before +=", "before[:0] =")
