"""Libraries by which clients send requests, each in the styles that it has, and which of them a variant judges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conformance.contract.variant import Variant


@dataclass(frozen=True)
class ClientLibrary:
    """A library in a style, written `httpx-async`: `async` awaits, `sync` calls.

    A check that asks for `client_library` gets that of its variant.
    """

    name: str
    style: str

    def __str__(self) -> str:
        return f"{self.name}-{self.style}"

    @property
    def asynchronous(self) -> bool:
        """Whether request functions are `async def`."""
        return self.style == "async"


CLIENT_LIBRARIES = (
    ClientLibrary("urllib", "sync"),
    ClientLibrary("requests", "sync"),
    ClientLibrary("httpx", "sync"),
    ClientLibrary("httpx", "async"),
    ClientLibrary("aiohttp", "async"),
)


def judged_on(variant: Variant, variants: Sequence[Variant]) -> ClientLibrary:
    """Return the library that a variant judges, by its place among all: of twelve variants each has two or more, in
    both modes."""
    return CLIENT_LIBRARIES[variants.index(variant) % len(CLIENT_LIBRARIES)]
