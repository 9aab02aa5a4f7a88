"""Implementations: small TOML files that say what is judged, and how to install it or where its interpreter is."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conformance.contract.backend import BACKENDS, SERVERS, Backend, Capability, Mode
from conformance.contract.requirement import FEATURES, Level
from conformance.contract.variant import Variant
from conformance.foundation.exceptions import BadUsage
from conformance.target import implementation_file

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parents[1] / "implementations"


@dataclass(frozen=True)
class Implementation:
    """A distribution that provides `import utilmeta`, in an interpreter of its own.

    `offers` are those of the contract's FEATURES that it claims to have; what needs another one is not judged.
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
    offers: frozenset[str] = frozenset(FEATURES)
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

    @property
    def offered(self) -> frozenset[str]:
        """Features and backends that it claims to have, as a requirement's `needs` name them."""
        return self.offers | {variant.backend for variant in self.variants}

    @property
    def features_not_offered(self) -> tuple[str, ...]:
        """Features of the contract that the implementation does not claim to have."""
        return tuple(feature for feature in FEATURES if feature not in self.offers)

    @property
    def variants_not_offered(self) -> tuple[str, ...]:
        """What is missing of the contract's variants: `sanic` for a whole backend, `flask-async` for one mode."""
        missing = [variant for variant in Variant.every() if variant not in self.variants]
        without = [variant.backend for variant in missing]
        return tuple(
            dict.fromkeys(
                variant.backend if without.count(variant.backend) == len(Mode) else str(variant) for variant in missing
            )
        )


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
    complaint = implementation_file.complaint(data)
    if complaint:
        raise BadUsage(f"{file}: {complaint}.")
    interpreter = data["interpreter"]
    if ("install" in interpreter) == ("executable" in interpreter):
        raise BadUsage(f"{file}: say either interpreter.install (pip's arguments) or interpreter.executable.")
    here = file.resolve().parent
    added = data.get("backends", {})
    backends = {**BACKENDS, **{name: _backend(name, table, file) for name, table in added.items()}}
    return Implementation(
        name=data["name"],
        distribution=data.get("distribution"),
        variants=tuple(_variant(text, backends, file) for text in data["variants"]),
        offers=frozenset(data.get("offers", FEATURES)),
        preload=tuple(data.get("preload", ())),
        replays=data.get("replays", Implementation.replays),
        variations=Level(data["variations"]) if "variations" in data else None,
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


def _executable(interpreter: Mapping[str, Any], here: Path) -> str | None:
    if "executable" not in interpreter:
        return None
    text = interpreter["executable"]
    return sys.executable if text == "{python}" else str(here / text)


def _backend(name: str, table: Mapping[str, Any], file: Path) -> Backend:
    """A backend that the contract does not speak of, as the file describes it."""
    where = f"{file}: backends.{name}"
    if name in BACKENDS or not name.isidentifier():
        raise BadUsage(
            f"{where}: name a backend after its framework's package; {', '.join(BACKENDS)} are known already."
        )
    servers = _by_mode(table, "server")
    if unknown := set(servers.values()) - set(SERVERS):
        raise BadUsage(f"{where}.server: {', '.join(unknown)} is none of {', '.join(SERVERS)}.")
    return Backend(
        name=name,
        default_port=table.get("port", 8000),
        default_mode=Mode(table["mode"]),
        applications=_by_mode(table, "application"),
        dispatch=_by_mode(table, "dispatch"),
        servers=servers,
        preload=tuple(table.get("preload", ())),
        stamps=tuple(table.get("stamps", (name,))),
        capabilities=_capabilities(table.get("capabilities", []), where),
    )


def _capabilities(names: Sequence[str], where: str) -> Capability:
    """Those that are named, in small letters; what is not named a framework cannot do."""
    known = {str(each): each for each in Capability}
    capabilities = Capability(0)
    for name in names:
        if name not in known:
            raise BadUsage(f"{where}.capabilities: {name!r} is none of {', '.join(known)}.")
        capabilities |= known[name]
    return capabilities


def _by_mode(table: Mapping[str, Any], key: str) -> Mapping[Mode, str]:
    """One text for both modes, or a table with a text for each."""
    value = table[key]
    return dict.fromkeys(Mode, value) if isinstance(value, str) else {mode: value[mode.value] for mode in Mode}


def _variant(text: str, backends: Mapping[str, Backend], file: Path) -> Variant:
    try:
        return Variant.parse(text, backends)
    except ValueError as error:
        raise BadUsage(f"{file}: {error}.") from None
