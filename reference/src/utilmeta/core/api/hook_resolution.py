"""What is around an endpoint: the hooks of its classes and its plugins. Read once for each class of an application."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from utilmeta.core.api.declaration import API
from utilmeta.core.api.hook import EVERY, HookFunction, Target, hooks
from utilmeta.core.api.plugin import Plugin, plugins
from utilmeta.core.api.tree import Endpoint, is_async
from utilmeta.utils.exceptions import DeclarationError


@dataclass(frozen=True)
class Surroundings:
    """``before`` and ``after`` in the order in which they run, ``plugins`` the outermost first.

    ``handlers`` are in groups of one class each, the nearest first: those that name the endpoint before those for all,
    and of either the endpoint's own class before the ones around it (PLUGIN-3b).
    """

    before: Sequence[HookFunction]
    after: Sequence[HookFunction]
    handlers: Sequence[Sequence[HookFunction]]
    plugins: Sequence[Plugin]

    def __bool__(self) -> bool:
        return bool(self.before or self.after or self.handlers or self.plugins)

    @property
    def hooks(self) -> Sequence[HookFunction]:
        return (*self.before, *self.after, *chain.from_iterable(self.handlers))

    @property
    def asynchronous(self) -> Sequence[str]:
        """What of it is an ``async def``, by name."""
        hooks = [hook.label for hook in self.hooks if is_async(hook.function)]
        plugins = [
            f"{type(plugin).__qualname__}.{name}"
            for plugin in self.plugins
            for name, process in plugin.processes()
            if is_async(process)
        ]
        return (*hooks, *plugins)


class Reader:
    """Finds what is around the endpoints of one application, and which hooks are around none."""

    def __init__(self) -> None:
        self.hooks: dict[type[API], Sequence[HookFunction]] = {}
        self.met: set[tuple[type[API], str, Target]] = set()

    def around(self, endpoint: Endpoint) -> Surroundings:
        """Raises DeclarationError for a hook that is declared wrong, naming class and function."""
        before: list[HookFunction] = []
        after: list[HookFunction] = []
        naming: list[list[HookFunction]] = []
        general: list[list[HookFunction]] = []
        for cls in endpoint.classes:
            matched = self.matched(cls, endpoint)
            before += [hook for hook, _ in matched if hook.hook.kind == "before"]
            after[:0] = [hook for hook, _ in matched if hook.hook.kind == "after"]
            handlers = [(hook, named) for hook, named in matched if hook.hook.kind == "handle"]
            naming.insert(0, [hook for hook, named in handlers if named])
            general.insert(0, [hook for hook, named in handlers if not named])
        groups = tuple(group for group in (*naming, *general) if group)
        return Surroundings(before, after, groups, tuple(plugins(endpoint)))

    def matched(self, cls: type[API], endpoint: Endpoint) -> list[tuple[HookFunction, bool]]:
        """The hooks of ``cls`` around the endpoint, and whether each names it rather than all."""
        if cls not in self.hooks:
            self.hooks[cls] = tuple(hooks(cls))
        found = []
        for hook in self.hooks[cls]:
            targets = set(hook.matching(endpoint))
            self.met.update((cls, hook.name, target) for target in targets)
            if targets:
                found.append((hook, targets != {EVERY}))
        return found

    def check(self) -> None:
        """Raise DeclarationError for a hook on what is no endpoint of its class or of what that mounts (PLUGIN-7)."""
        for cls, found in self.hooks.items():
            for hook in found:
                for target in hook.hook.targets:
                    if target != EVERY and (cls, hook.name, target) not in self.met:
                        name = target if isinstance(target, str) else getattr(target, "__qualname__", target)
                        raise DeclarationError(
                            f"{hook.label} is @api.{hook.hook.kind} of {name}, which is no endpoint of "
                            f'{cls.__qualname__} or of what it mounts; name one, or "{EVERY}" for all'
                        )
