"""Random values of checks, drawn from the seed of the run: with the same seed a check sends the same bytes.

The controller draws the seed of an ordinary run afresh, so that no implementation can know an answer in advance;
`--seed` repeats one. What a case draws depends on the seed and its own name alone (`reseed`), what a session-scoped
fixture draws on the seed and the fixture's (`apart`): neither on the cases that ran before, nor on the worker. Draw
before threads start: in which order they draw is nobody's to say.
"""

from __future__ import annotations

import contextlib
import hashlib
import random
import secrets
from collections.abc import Iterator

SEEDS = 10**9

_state: dict[str, int] = {}
_source = random.Random()
_names: tuple[str, ...] = ()


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
    _names = names
    _source.seed(_digest(*names))


def again() -> None:
    """Restart the common source for the names of the last `reseed`, so that a check that is called again sends the same
    bytes."""
    reseed(*_names)


@contextlib.contextmanager
def apart(*names: str) -> Iterator[None]:
    """Draw from a source for these names inside a `with` block; afterwards the common source goes on where it was."""
    outer = _source.getstate()
    _source.seed(_digest(*names))
    try:
        yield
    finally:
        _source.setstate(outer)


def below(number: int) -> int:
    """Draw an integer from 0 to `number` - 1."""
    return _source.randrange(number)


def word(letters: int = 16) -> str:
    """Draw this many hexadecimal digits."""
    return f"{_source.getrandbits(4 * letters):0{letters}x}"
