"""A hook of "*" and of an endpoint, in one decorator, runs twice around that endpoint."""

from mutation import replace
from utilmeta.core.api.hook_resolution import HookResolver

replace(
    HookResolver.matched,
    "if targets:\n            found.append(MatchedHook(hook, targets != {EVERY}))",
    "found += [MatchedHook(hook, target != EVERY) for target in targets]",
)
