"""Variants: backend x mode, and the ways in which a check may start a service on one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from conformance.contract.backend import BACKENDS, SERVERS, Backend, Capability, Mode


class Start(str, Enum):
    """How a check starts a scenario ("How a check reaches a service" in ARCHITECTURE.md)."""

    FORKED = "forked"
    SCRIPT = "script"
    DEPLOYED = "deployed"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, order=True)
class Variant:
    """A backend in a mode, written `flask-sync`."""

    framework: Backend
    mode: Mode

    def __str__(self) -> str:
        return f"{self.backend}-{self.mode}"

    @property
    def backend(self) -> str:
        """Name of the backend, as a user writes it."""
        return self.framework.name

    @property
    def asynchronous(self) -> bool:
        """Value of the service's argument `asynchronous`."""
        return self.mode is Mode.ASYNC

    @property
    def server(self) -> str:
        """Name of the in-process server that serves a forked service."""
        return self.framework.servers[self.mode]

    @property
    def on_a_loop(self) -> bool:
        """Whether the server calls the application on an event loop."""
        return SERVERS[self.server].on_a_loop

    @property
    def server_kind(self) -> str:
        """`asynchronous` where the server calls the application on an event loop, else `threaded`.

        The contract's words in `[applies: server=asynchronous]`.
        """
        return "asynchronous" if self.on_a_loop else "threaded"

    def can(self, capability: Capability) -> bool:
        """Whether the backend's framework has the capability, or all of several that are joined by `|`."""
        return capability in self.framework.capabilities

    @classmethod
    def parse(cls, text: str, backends: Mapping[str, Backend] = BACKENDS) -> Variant:
        """Parse what `str` gives; raises ValueError for a text that is no variant of `backends`."""
        backend, _, mode = text.rpartition("-")
        if backend not in backends or mode not in {entry.value for entry in Mode}:
            raise ValueError(f"{text!r} is no variant: one reads `flask-sync`, of {', '.join(backends)}; sync or async")
        return cls(backends[backend], Mode(mode))

    @classmethod
    def every(cls, backends: Mapping[str, Backend] = BACKENDS) -> list[Variant]:
        """Both modes of all `backends`; of the contract's six unless given."""
        return [cls(backend, mode) for backend in backends.values() for mode in Mode]
