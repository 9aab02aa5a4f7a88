"""A handler that names an endpoint gets what nothing answers, too."""

from mutation import replace
from utilmeta.core.api.hook_resolution import HookResolver

replace(HookResolver.resolve_every, "if EVERY in hook.hook.targets", "if hook.hook.targets")
