"""Implementations: small TOML files that say what is judged, and how to install it or where its interpreter is."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conformance.contract.backend import BACKENDS, SERVERS, Backend, Capability, Mode
from conformance.contract.requirement import Level
from conformance.contract.variant import Variant
from conformance.foundation.exceptions import BadUsage

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parents[1] / "implementations"
_KEYS = {
    "name", "like", "distribution", "variants", "variations", "preload", "replays", "interpreter", "names", "backends",
}  # fmt: skip
_INTERPRETER_KEYS = {"install", "executable", "path"}
_BACKEND_KEYS = {"application", "dispatch", "server", "mode", "port", "preload", "stamps", "capabilities"}
_BACKEND_NEEDS = ("application", "dispatch", "server", "mode")


@dataclass(frozen=True)
class Implementation:
    """A distribution that provides `import utilmeta`, in an interpreter of its own.

    `install` are arguments of pip that make the interpreter's environment; or `executable` is a Python that has it
    already; `path` are folders put before the others on its import path. `preload` are modules that the agent imports
    once so that a fork has them (`{backend}` is the variant's). `names` maps the page's names to the implementation's
    (conformance/agent/startup). `replays` is how often a failure is run again before the report is
    written. `backends` are the contract's six and those that the file adds (BACKEND-8). `variations` is a level: every
    service loads a permitted variation of each group that is free there (conformance.trust.variation). `environment`
    names the interpreter's environment, which it shares with the implementation that it is `like`.
    """

    name: str
    variants: tuple[Variant, ...]
    file: Path
    distribution: str | None = None
    preload: tuple[str, ...] = ()
    replays: int = 3
    variations: Level | None = None
    environment: str = ""
    install: tuple[str, ...] = ()
    executable: str | None = None
    path: tuple[Path, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    backends: Mapping[str, Backend] = field(default_factory=lambda: BACKENDS)


def find(name_or_file: str) -> Implementation:
    """Return the implementation with this name in conformance/implementations, or the one that this file describes.

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
    data = _read(file)
    base = data.get("like")
    if base is not None:
        if not (isinstance(base, str) and (FOLDER / f"{base}.toml").is_file()):
            raise BadUsage(f"{file}: like is {base!r}; name an implementation of {FOLDER}.")
        data = {**_read(FOLDER / f"{base}.toml"), **data}
    interpreter = data.get("interpreter", {})
    added = data.get("backends", {})
    for key, table in (("interpreter", interpreter), ("names", data.get("names", {})), ("backends", added)):
        if not isinstance(table, dict) or (
            key == "backends" and not all(isinstance(each, dict) for each in table.values())
        ):
            raise BadUsage(f"{file}: {key} is a table.")
    tables = [(data, _KEYS, ""), (interpreter, _INTERPRETER_KEYS, "interpreter.")]
    tables += [(table, _BACKEND_KEYS, f"backends.{name}.") for name, table in added.items()]
    for keys, allowed, where in tables:
        for key in keys:
            if key not in allowed:
                raise BadUsage(f"{file}: unknown key {where}{key}; there are {', '.join(sorted(allowed))}.")
    for key in ("name", "variants"):
        if key not in data:
            raise BadUsage(f"{file}: {key!r} is missing.")
    if ("install" in interpreter) == ("executable" in interpreter):
        raise BadUsage(f"{file}: say either interpreter.install (pip's arguments) or interpreter.executable.")
    _require_types(data, interpreter, file)
    replays = data.get("replays", Implementation.replays)
    if type(replays) is not int or replays < 0:
        raise BadUsage(f"{file}: replays is {replays!r}; say how often a failure is run again, 0 for never.")
    here = file.resolve().parent
    backends = {**BACKENDS, **{name: _backend(name, table, file) for name, table in added.items()}}
    return Implementation(
        name=data["name"],
        distribution=data.get("distribution"),
        variants=tuple(_variant(text, backends, file) for text in data["variants"]),
        preload=tuple(data.get("preload", ())),
        replays=replays,
        variations=_level(data, file),
        environment=base or data["name"],
        install=tuple(argument.replace("{here}", str(here)) for argument in interpreter.get("install", ())),
        executable=_executable(interpreter, here),
        path=tuple(here / entry for entry in interpreter.get("path", ())),
        names=data.get("names", {}),
        backends=backends,
        file=file.resolve(),
    )


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadUsage(f"{file} is not TOML: {error}") from error


def _level(data: Mapping[str, Any], file: Path) -> Level | None:
    """The level whose freedoms the implementation takes."""
    try:
        return Level(data["variations"]) if "variations" in data else None
    except ValueError:
        raise BadUsage(f"{file}: variations is {data['variations']!r}; give a level: page, guides or full.") from None


def _require_types(data: Mapping[str, Any], interpreter: Mapping[str, Any], file: Path) -> None:
    """Its name becomes that of folders, of which one is removed with all that is in it."""
    name = data["name"]
    if not (isinstance(name, str) and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name)):
        raise BadUsage(f"{file}: name is {name!r}; make it of letters, digits, `-`, `_` and `.`, as a folder is named.")
    lists = [(key, data.get(key, [])) for key in ("variants", "preload")]
    lists += [(f"interpreter.{key}", interpreter.get(key, [])) for key in ("install", "path")]
    for key, value in lists:
        if not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
            raise BadUsage(f"{file}: {key} is {value!r}; it is an array of texts.")


def _executable(interpreter: Mapping[str, Any], here: Path) -> str | None:
    if "executable" not in interpreter:
        return None
    text = str(interpreter["executable"])
    return sys.executable if text == "{python}" else str(here / text)


def _backend(name: str, table: Mapping[str, Any], file: Path) -> Backend:
    """A backend that the contract does not speak of, as the file describes it."""
    where = f"{file}: backends.{name}"
    if name in BACKENDS or not name.isidentifier():
        raise BadUsage(
            f"{where}: name a backend after its framework's package; {', '.join(BACKENDS)} are known already."
        )
    for key in _BACKEND_NEEDS:
        if key not in table:
            raise BadUsage(f"{where}.{key} is missing.")
    servers = _by_mode(table, "server", where)
    if unknown := set(servers.values()) - set(SERVERS):
        raise BadUsage(f"{where}.server: {', '.join(unknown)} is none of {', '.join(SERVERS)}.")
    if table["mode"] not in {mode.value for mode in Mode}:
        raise BadUsage(f"{where}.mode: there is no mode {table['mode']!r}. The modes are sync and async.")
    return Backend(
        name=name,
        default_port=table.get("port", 8000),
        default_mode=Mode(table["mode"]),
        applications=_by_mode(table, "application", where),
        dispatch=_by_mode(table, "dispatch", where),
        servers=servers,
        preload=tuple(table.get("preload", ())),
        stamps=tuple(table.get("stamps", (name,))),
        capabilities=_capabilities(table.get("capabilities", []), where),
    )


def _capabilities(names: object, where: str) -> Capability:
    """Those that are named, in small letters; what is not named a framework cannot do."""
    if not isinstance(names, list):
        raise BadUsage(f"{where}.capabilities is {names!r}; it is an array of texts.")
    known = {str(each): each for each in Capability}
    capabilities = Capability(0)
    for name in names:
        if name not in known:
            raise BadUsage(f"{where}.capabilities: {name!r} is none of {', '.join(known)}.")
        capabilities |= known[name]
    return capabilities


def _by_mode(table: Mapping[str, Any], key: str, where: str) -> Mapping[Mode, str]:
    """One text for both modes, or a table with a text for each."""
    value = table[key]
    if isinstance(value, str):
        return dict.fromkeys(Mode, value)
    if not (isinstance(value, dict) and set(value) == {mode.value for mode in Mode}):
        raise BadUsage(f"{where}.{key} is a text, or a table of two: sync and async.")
    return {mode: str(value[mode.value]) for mode in Mode}


def _variant(text: str, backends: Mapping[str, Backend], file: Path) -> Variant:
    try:
        return Variant.parse(text, backends)
    except ValueError as error:
        raise BadUsage(f"{file}: {error}.") from None
