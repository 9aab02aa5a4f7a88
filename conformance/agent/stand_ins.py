"""Parts of a scenario that the implementation lacks, and what stands in their place."""

import os
import re
from dataclasses import dataclass, replace
from typing import Any, NoReturn

ABSENT = "absent"  # a name, in whose place something stands
LEFT_OUT = "left out"  # a hook, a keyword, a configuration, a statement
AROUND = "around"  # what was left out of a class, or around it, that is mounted in one place
REMOVED = "removed"  # an endpoint without a stub, or a mount: nothing is at its path
SHARED = "shared"  # a parameter of a class, which the functions of that class do without
STUB = "stub"  # an endpoint, a function or a class, in whose place something stands
RAISED = "raised"  # a name that a function of the scenario did not find
_CHANGING = re.compile(r" at 0x[0-9a-f]+| \((?:/|[A-Za-z]:)[^)]*\)$", re.MULTILINE)
MOST_CALLS = 1_000_000  # bytes of the file of calls


class Missing(Exception):
    """Something that stands for a missing part was used; `part` is its number."""

    def __init__(self, part: int, message: str) -> None:
        super().__init__(message)
        self.part = part


@dataclass(frozen=True)
class Part:
    """Part of a scenario that is missing.

    `kind` is one of the constants of this module; `error` is why it is missing, in one line. `name` is the documented
    name that the implementation lacks, `about` the one that the part is about where it lacks none; both may be empty.
    `segment` is one that each path has of what was REMOVED, or is without what was AROUND it; "" for others.
    """

    part: str
    kind: str
    error: str
    name: str = ""
    about: str = ""
    segment: str = ""


class MissingParts:
    """All missing parts of one process. What is used of them later is written to the file `calls`, a number a line.

    A line `3` says that what stands for part 3 was used; `~3`, that a function ran whose annotations name it; `-3`,
    that a function ran without it.
    """

    def __init__(self, calls: str, marker: str) -> None:
        self.parts: list[Part] = []
        self.calls = calls
        self.marker = marker
        self.loading = True
        self.placed: set[int] = set()  # parts of classes that are mounted

    def add(self, part: str, kind: str, error: str, name: str = "", about: str = "", segment: str = "") -> int:
        """Add a part, unless the same is there, and return its number."""
        added = Part(part, kind, error, name, about, segment)
        if added not in self.parts:
            self.parts.append(added)
        return self.parts.index(added)

    def mounted(self, number: int, segment: str) -> None:
        """Note where a class is mounted that is to have a part; without a segment, or where it is mounted twice, all of
        the scenario is to have it."""
        part = self.parts[number]
        once = part.kind == LEFT_OUT and segment and number not in self.placed
        self.placed.add(number)
        self.parts[number] = replace(part, kind=AROUND if once else LEFT_OUT, segment=segment if once else "")

    def sentence(self, number: int) -> str:
        part = self.parts[number]
        return f"{part.part} is missing: {part.error}"

    def write(self, line: str) -> None:
        """Add a line to the file of calls; does nothing while the scenario is loaded."""
        if self.loading:
            return
        with open(self.calls, "a") as file:
            if file.tell() < MOST_CALLS:
                file.write(f"{line}\n")

    def used(self, number: int) -> NoReturn:
        """Note that what stands for a part was used, and raise Missing."""
        self.write(str(number))
        raise Missing(number, self.sentence(number))

    def touched(self, number: int) -> None:
        """Note that a function ran whose annotations name a part, or which does without one of its class."""
        self.write(f"-{number}" if self.parts[number].kind == SHARED else f"~{number}")

    def answer(self, number: int) -> str:
        """Note that a stub of an endpoint was called; return what it answers."""
        self.write(str(number))
        return f"{self.marker} {self.sentence(number)}"

    def stand_in(self, name: str, number: int) -> type:
        """Return a class that stands for a part: it may annotate, and every other use raises Missing."""
        return _StandIn(name, (Exception,), {"__conformance_part__": number, "__conformance_parts__": self})

    def as_json(self) -> "list[dict[str, str]]":
        return [vars(part) for part in self.parts]


def number_of(value: object) -> "int | None":
    """Number of the part that a value stands for; None for any other value."""
    return int(value.__dict__["__conformance_part__"]) if isinstance(value, _StandIn) else None


class _StandIn(type):
    """Class of the classes that stand for missing parts."""

    def __new__(mcs, name: str, bases: "tuple[type, ...]", members: "dict[str, Any]") -> "_StandIn":
        for base in bases:
            if isinstance(base, _StandIn):
                base._use()
        return super().__new__(mcs, name, bases, members)

    def _use(cls) -> NoReturn:
        parts: MissingParts = cls.__dict__["__conformance_parts__"]
        parts.used(cls.__dict__["__conformance_part__"])

    def __call__(cls, *arguments: object, **named: object) -> NoReturn:
        cls._use()

    def __getattr__(cls, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)
        cls._use()

    def __getitem__(cls, key: object) -> NoReturn:
        cls._use()

    def __iter__(cls) -> NoReturn:
        cls._use()

    def __instancecheck__(cls, value: object) -> NoReturn:
        cls._use()

    def __subclasscheck__(cls, value: type) -> NoReturn:
        cls._use()


def documented(error: BaseException) -> str:
    """Return the name of the `utilmeta` package that an error says is missing; "" where it says something else."""
    if isinstance(error, ModuleNotFoundError):
        name = error.name or ""
    elif isinstance(error, ImportError):
        _, _, after = str(error).partition("cannot import name '")
        name = f"{error.name}.{after.partition(chr(39))[0]}" if after else error.name or ""
    elif isinstance(error, AttributeError) and isinstance(error.obj, type(os)):
        name = f"{error.obj.__name__}.{error.name}"
    else:
        name = ""
    return name if name.partition(".")[0] == "utilmeta" else ""


def in_a_line(error: BaseException) -> str:
    """Return the class and the first line of the message of an error, without addresses and the paths of modules."""
    lines = _CHANGING.sub("", str(error)).splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
