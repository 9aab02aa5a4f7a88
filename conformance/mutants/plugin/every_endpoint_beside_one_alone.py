"""A hook of "*" and of an endpoint, in one decorator, is around that endpoint alone."""

from mutation import replace
from utilmeta.core.api.hook import HookFunction

replace(HookFunction.matching, "if target == EVERY:", "if target == EVERY and set(self.hook.targets) == {EVERY}:")
replace(HookFunction.matching, "elif isinstance(target, str):", "elif isinstance(target, str) and target != EVERY:")
replace(HookFunction.matching, "elif target in versions", "elif target != EVERY and target in versions")
