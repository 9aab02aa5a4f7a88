"""Resolves what runs around each endpoint: hooks of its API classes, and plugins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from utilmeta.core.api.declaration import API
from utilmeta.core.api.hook import EVERY, HookFunction, Target, hooks
from utilmeta.core.api.plugin import AttachedPlugin, plugins
from utilmeta.core.api.tree import Endpoint, is_async
from utilmeta.core.response.template import Template, template_of
from utilmeta.utils.exceptions import DeclarationError


@dataclass(frozen=True)
class EndpointHooks:
    """The hooks and plugins around one endpoint: ``before`` and ``after`` in the order in which they run, ``plugins``
    the outermost first.

    ``error_handlers`` are the ``@api.handle`` hooks, in the order in which they are asked and in groups of one class
    each: those that name the endpoint before those for all, and of either the endpoint's own class before the ones
    around it (PLUGIN-3b).
    """

    before: Sequence[HookFunction]
    after: Sequence[HookFunction]
    error_handlers: Sequence[Sequence[HookFunction]]
    plugins: Sequence[AttachedPlugin]

    def __bool__(self) -> bool:
        return bool(self.before or self.after or self.error_handlers or self.plugins)

    @property
    def functions(self) -> Sequence[HookFunction]:
        """All hooks, of every kind."""
        return (*self.before, *self.after, *chain.from_iterable(self.error_handlers))

    @property
    def templates(self) -> Mapping[type, Template]:
        """The template that each class's after hooks annotate; of several that of the first declared (API-g40)."""
        found: dict[type, Template] = {}
        for hook in self.after:
            template = template_of(hook.function, hook.api)
            if template is not None:
                found.setdefault(hook.api, template)
        return found

    @property
    def asynchronous(self) -> Sequence[str]:
        """The labels of hooks and plugins' functions that are an ``async def``."""
        hooks = [hook.label for hook in self.functions if is_async(hook.function)]
        plugins = [
            f"{type(plugin.plugin).__qualname__}.{name}"
            for plugin in self.plugins
            for name, process in plugin.processes()
            if is_async(process)
        ]
        return (*hooks, *plugins)


class MatchedHook(NamedTuple):
    """A hook that is around an endpoint; ``by_name`` says that it names it, or a class of it, rather than all."""

    hook: HookFunction
    by_name: bool


class HookResolver:
    """Resolves the hooks and plugins of one application's endpoints, and finds hooks that are around none of them."""

    def __init__(self) -> None:
        self.hooks: dict[type[API], Sequence[HookFunction]] = {}
        self.met: set[tuple[type[API], str, Target]] = set()

    def resolve(self, endpoint: Endpoint) -> EndpointHooks:
        """The hooks and plugins around an endpoint.

        Raises DeclarationError for a hook that is declared wrong, naming class and function.
        """
        before: list[HookFunction] = []
        after: list[HookFunction] = []
        naming: list[list[HookFunction]] = []
        general: list[list[HookFunction]] = []
        for cls in endpoint.classes:
            matched = self.matched(cls, endpoint)
            before += [each.hook for each in matched if each.hook.hook.kind == "before"]
            after[:0] = [each.hook for each in matched if each.hook.hook.kind == "after"]
            handlers = [each for each in matched if each.hook.hook.kind == "handle"]
            naming.insert(0, [each.hook for each in handlers if each.by_name])
            general.insert(0, [each.hook for each in handlers if not each.by_name])
        groups = tuple(group for group in (*naming, *general) if group)
        return EndpointHooks(before, after, groups, tuple(plugins(endpoint)))

    def resolve_every(self, classes: Sequence[type[API]]) -> EndpointHooks:
        """The after hooks and handlers of ``"*"`` around whatever is below the last of ``classes``."""
        every = [[hook for hook in self.of(cls) if EVERY in hook.hook.targets] for cls in reversed(classes)]
        after = [hook for hooks in every for hook in hooks if hook.hook.kind == "after"]
        groups = [[hook for hook in hooks if hook.hook.kind == "handle"] for hooks in every]
        return EndpointHooks((), after, tuple(group for group in groups if group), ())

    def of(self, cls: type[API]) -> Sequence[HookFunction]:
        """The hooks of a class, read once."""
        if cls not in self.hooks:
            self.hooks[cls] = tuple(hooks(cls))
        return self.hooks[cls]

    def matched(self, cls: type[API], endpoint: Endpoint) -> list[MatchedHook]:
        """The hooks of ``cls`` that are around the endpoint."""
        found = []
        for hook in self.of(cls):
            targets = set(hook.matching(endpoint))
            self.met.update((cls, hook.name, target) for target in targets)
            if targets:
                found.append(MatchedHook(hook, targets != {EVERY}))
        return found

    def check_targets(self) -> None:
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
