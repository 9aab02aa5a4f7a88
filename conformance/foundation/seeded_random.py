"""Random values of checks, drawn from the seed of the run: with the same seed a check sends the same bytes.

The controller draws the seed of an ordinary run afresh, so that no implementation can know an answer in advance;
`--seed` repeats one. What a case draws depends on the seed and its own name alone (`reseed`), what a session-scoped
fixture draws on the seed and the fixture's (`apart`): neither on the cases that ran before, nor on the worker. Draw
before threads start: in which order they draw is nobody's to say.

What was drawn is remembered (`drawn`), so that a failure reads the same whatever the seed was.
"""

from __future__ import annotations

import contextlib
import hashlib
import random
import secrets
from collections.abc import Iterable, Iterator

SEEDS = 10**9
SHORTEST = 3  # characters of a drawn value that is remembered: shorter ones also occur by themselves

_state: dict[str, int] = {}
_source = random.Random()
_names: tuple[str, ...] = ()
_apart: list[tuple[str, ...]] = []  # names of the sources that are drawn from, inside `apart`
_drawn: dict[tuple[str, ...], set[str | int]] = {}


class Drawn(int):
    """Drawn number; sums, differences and products with it are drawn numbers too, and remembered as such."""

    def __add__(self, other: int, /) -> int:
        return _remembered(int(self) + other)

    def __sub__(self, other: int, /) -> int:
        return _remembered(int(self) - other)

    def __mul__(self, other: int, /) -> int:
        return _remembered(int(self) * other)

    __radd__ = __add__
    __rmul__ = __mul__


def _remembered(number: int) -> int:
    """Return the number, remembered as drawn; other values of a calculation, such as floats, as they are."""
    if not isinstance(number, int):
        return number
    remember(int(number))
    return Drawn(number)


def remember(value: str | int) -> None:
    """Remember a text or number as drawn from the present source, unless it is very short."""
    if len(str(value)) >= SHORTEST:
        _drawn.setdefault(_apart[-1] if _apart else _names, set()).add(value)


def drawn(apart: Iterable[tuple[str, ...]] = ()) -> frozenset[str | int]:
    """Return the texts and numbers that were drawn since the last `reseed`, and those drawn `apart` for these
    names."""
    return frozenset().union(_drawn.get(_names, ()), *(_drawn.get(names, ()) for names in apart))


def fresh() -> int:
    """Return an unpredictable seed below a thousand million, so that it is easy to type."""
    return secrets.randbelow(SEEDS)


def begin(seed: int) -> None:
    """Set the seed of the run, before anything is drawn in this process."""
    _state["seed"] = seed
    reseed()


def of(*names: str) -> random.Random:
    """Return a random source that depends on the seed and these names alone: for values that are the same all through a
    run.

    Raises RuntimeError when there is no seed yet, as while a module is imported: draw in a function.
    """
    return random.Random(_digest(*names))


def _digest(*names: str) -> bytes:
    if "seed" not in _state:
        raise RuntimeError("A random value is drawn before the run has a seed: draw it in a function, when it is used.")
    return hashlib.sha256("\0".join([str(_state["seed"]), *names]).encode()).digest()


def reseed(*names: str) -> None:
    """Restart the common source for these names, such as a check's; equal names give equal draws."""
    global _names
    _drawn.pop(_names, None)
    _names = names
    again()


def again() -> None:
    """Restart the common source for the names of the last `reseed`, so that a check that is called again sends the same
    bytes."""
    _source.seed(_digest(*_names))


@contextlib.contextmanager
def apart(*names: str) -> Iterator[None]:
    """Draw from a source for these names inside a `with` block; afterwards the common source goes on where it was."""
    outer = _source.getstate()
    _source.seed(_digest(*names))
    _apart.append(names)
    try:
        yield
    finally:
        _apart.pop()
        _source.setstate(outer)


def below(number: int) -> int:
    """Draw an integer from 0 to `number` - 1."""
    found = _source.randrange(number)
    return _remembered(found) if number > 10**SHORTEST / 2 else found


def word(letters: int = 16) -> str:
    """Draw this many hexadecimal digits."""
    found = f"{_source.getrandbits(4 * letters):0{letters}x}"
    remember(found)
    return found
