"""A hook of "*" is around the endpoints of its own class, and not of those that this mounts."""

from mutation import replace
from utilmeta.core.api.hook import HookFunction

replace(HookFunction.matching, "if target == EVERY:", "if target == EVERY and endpoint.api is self.api:")
