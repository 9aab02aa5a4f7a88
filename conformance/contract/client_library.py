"""Libraries by which clients send requests, each in the styles that it has, and which of them a variant judges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conformance.contract.variant import Variant

_OF_EACH_VARIANT = 2


@dataclass(frozen=True)
class ClientLibrary:
    """A library in a style, written `httpx-async`: `async` awaits, `sync` calls.

    A check that asks for `client_library` has a case for each that its variant judges.
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


def judged_on(variant: Variant, variants: Sequence[Variant]) -> list[ClientLibrary]:
    """Return two libraries, by the variant's place among all: of twelve variants each is judged on four or more, in
    both modes."""
    first = _OF_EACH_VARIANT * variants.index(variant)
    return [CLIENT_LIBRARIES[(first + more) % len(CLIENT_LIBRARIES)] for more in range(_OF_EACH_VARIANT)]
