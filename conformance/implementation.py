"""An implementation of the contract: a small TOML file that says what it is and how its interpreter is had."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conformance.faults import BadUsage
from conformance.variant import Variant

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parent / "implementations"
_KEYS = {"name", "distribution", "variants", "preload", "interpreter", "names"}
_INTERPRETER_KEYS = {"install", "executable", "path"}


@dataclass(frozen=True)
class Implementation:
    """A distribution that provides `import utilmeta`, in an interpreter of its own.

    `install` are arguments of pip that make the interpreter's environment; or `executable` is a Python that has it
    already; `path` are folders put before the others on its import path. `preload` are modules that the agent imports
    once so that a fork has them (`{backend}` is the
    variant's). `names` maps the page's names to the implementation's (conformance/agent/startup).
    """

    name: str
    variants: tuple[Variant, ...]
    file: Path
    distribution: str | None = None
    preload: tuple[str, ...] = ()
    install: tuple[str, ...] = ()
    executable: str | None = None
    path: tuple[Path, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


def find(name_or_file: str) -> Implementation:
    """The implementation of that name in conformance/implementations, or of that file.

    Raises BadUsage when there is none, or when the file does not say what it must.
    """
    if name_or_file.endswith(".toml"):
        file = Path(name_or_file)
        if not file.is_file():
            raise BadUsage(f"There is no implementation file {name_or_file}.")
    else:
        file = FOLDER / f"{name_or_file}.toml"
        if not file.is_file():
            known = ", ".join(sorted(entry.stem for entry in FOLDER.glob("*.toml")))
            raise BadUsage(
                f"There is no implementation {name_or_file!r}. Known by name: {known}. "
                "Another one is given as the path of its .toml file (CONTRIBUTING.md shows one)."
            )
    return load(file)


def load(file: Path) -> Implementation:
    """Read an implementation file; raises BadUsage naming the file and the key that is wrong."""
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadUsage(f"{file} is not TOML: {error}") from error
    interpreter = data.get("interpreter", {})
    for keys, allowed, where in ((data, _KEYS, ""), (interpreter, _INTERPRETER_KEYS, "interpreter.")):
        for key in keys:
            if key not in allowed:
                raise BadUsage(f"{file}: unknown key {where}{key}; there are {', '.join(sorted(allowed))}.")
    for key in ("name", "variants"):
        if key not in data:
            raise BadUsage(f"{file}: {key!r} is missing.")
    if ("install" in interpreter) == ("executable" in interpreter):
        raise BadUsage(f"{file}: say either interpreter.install (pip's arguments) or interpreter.executable.")
    here = file.resolve().parent
    return Implementation(
        name=data["name"],
        distribution=data.get("distribution"),
        variants=tuple(_variant(text, file) for text in data["variants"]),
        preload=tuple(data.get("preload", ())),
        install=tuple(argument.replace("{here}", str(here)) for argument in interpreter.get("install", ())),
        executable=_executable(interpreter, here),
        path=tuple(here / entry for entry in interpreter.get("path", ())),
        names=data.get("names", {}),
        file=file.resolve(),
    )


def _executable(interpreter: Mapping[str, Any], here: Path) -> str | None:
    if "executable" not in interpreter:
        return None
    text = str(interpreter["executable"])
    return sys.executable if text == "{python}" else str(here / text)


def _variant(text: str, file: Path) -> Variant:
    try:
        return Variant.parse(text)
    except ValueError as error:
        raise BadUsage(f"{file}: {error}.") from None
