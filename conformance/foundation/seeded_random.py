"""Every random value of a check, drawn from the seed of the run: the same seed sends the same bytes.

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
    """A seed that nobody can know: below a thousand million, so that it is easily typed."""
    return secrets.randbelow(SEEDS)


def begin(seed: int) -> None:
    """The run's seed, before anything is drawn in this process."""
    _state["seed"] = seed
    reseed()


def of(*names: str) -> random.Random:
    """A source of its own, which starts anew at each call: for what is the same all through a run (the seed and these
    names say what comes).

    Raises RuntimeError when there is no seed yet, as while a module is imported: draw in a function.
    """
    return random.Random(_digest(*names))


def _digest(*names: str) -> bytes:
    if "seed" not in _state:
        raise RuntimeError("A random value is drawn before the run has a seed: draw it in a function, when it is used.")
    return hashlib.sha256("\0".join([str(_state["seed"]), *names]).encode()).digest()


def reseed(*names: str) -> None:
    """Start the common source anew for these names: the draws that follow are those that followed before."""
    global _names
    _names = names
    _source.seed(_digest(*names))


def again() -> None:
    """The same for the names of the last `reseed`: whoever calls a check a second time has it send the same bytes."""
    reseed(*_names)


@contextlib.contextmanager
def apart(*names: str) -> Iterator[None]:
    """While this lasts draws come from a source for these names; then the common one goes on where it was."""
    outer = _source.getstate()
    _source.seed(_digest(*names))
    try:
        yield
    finally:
        _source.setstate(outer)


def below(number: int) -> int:
    """A whole number from 0 on, below `number`."""
    return _source.randrange(number)


def word(letters: int = 16) -> str:
    """That many hexadecimal digits."""
    return f"{_source.getrandbits(4 * letters):0{letters}x}"
