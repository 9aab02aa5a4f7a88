"""What a class defines under the name of a hook of its base is no hook unless it is decorated again."""

from mutation import replace
from utilmeta.core.api import hook

replace(hook.hooks, "declared(next(decorated, None))", "declared(value)")
