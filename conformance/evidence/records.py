"""Records of all cases, passed or not: `evidence/<variant>/<check>.jsonl` beside report.json, one line a case.

A line has what it takes to see what happened and to have it happen again: the case and its seed, the exchanges as
bytes, the answers of the probes, the services' output where the case did not pass, and what it ran on, with the hashes
of the scenarios and of the check's source. evidence.schema.json describes it. Bytes are written as text in latin-1, one
character a byte. Of a long message the first CUT bytes are kept, with its length and with the sha256 of the whole in
which `{address}` stands for the address it was sent to.
"""

from __future__ import annotations

import ast
import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from conformance.contract.check import CHECKS
from conformance.foundation import untrusted_text
from conformance.foundation.exceptions import BadUsage, ScenarioFailed
from conformance.target.exchange import Exchange, authority
from conformance.target.service import Script
from conformance.target.trace import Trace

SCHEMA_FILE = Path(__file__).with_name("evidence.schema.json")
CUT = 65536
MOST_BYTES = 256 * 1024 * 1024  # of a file that is read

Message = dict[str, Any]


@dataclass(frozen=True)
class Environment:
    """Software that a case ran on; where two differ in one of these, they are different experiments.

    `frameworks` are versions by distribution. `servers` are those of the forked services that the case used: class
    name, HTTP parser, event loop. `scenarios` and `check` are sha256 of sources: of each scenario with those that it
    imports, and of the check's module with those that the checks share.
    """

    system: str
    python: str | None
    frameworks: Mapping[str, str]
    servers: tuple[tuple[str | None, ...], ...]
    scenarios: Mapping[str, str]
    check: str

    @classmethod
    def of(
        cls,
        facts: Mapping[str, Any],
        servers: Iterable[tuple[str | None, ...]],
        scenarios: Iterable[str],
        folder: Path,
        check: str,
    ) -> Environment:
        """Return the present environment, from the agent's report (`facts`) and the servers that have served."""
        return cls(
            system=platform.system(),
            python=facts.get("python"),
            frameworks=facts.get("versions", {}),
            servers=tuple(dict.fromkeys(servers)),
            scenarios={name: source_of_scenario(folder, name) for name in sorted(set(scenarios))},
            check=source_of_check(check),
        )

    def differences(self, other: Environment) -> list[str]:
        """Return a sentence for each thing in which another environment differs from this one."""
        found = [
            f"{name} was {_said(was)} and is {_said(now)}"
            for name, was, now in (
                ("the operating system", self.system, other.system),
                ("Python", self.python, other.python),
                *((name, self.frameworks.get(name), other.frameworks.get(name)) for name in self._names(other)),
            )
            if was != now
        ]
        changed = [name for name, was in self.scenarios.items() if other.scenarios.get(name, was) != was]
        found += [f"scenario {name} has changed since" for name in changed]
        if self.check != other.check:
            found.append("the source of the check has changed since")
        return found

    def served_otherwise(self, other: Environment) -> list[str]:
        """Like `differences`, for servers, which are known only after the case ran."""
        was, now = set(self.servers), set(other.servers)
        if was <= now or now <= was:  # a check that failed early has not come to all of them
            return []
        return [f"the server was {_servers(self)} and is {_servers(other)}"]

    def _names(self, other: Environment) -> list[str]:
        return sorted({*self.frameworks, *other.frameworks})


def _said(value: str | None) -> str:
    return value or "not there"


def _servers(environment: Environment) -> str:
    return " and ".join(", ".join(filter(None, server)) for server in environment.servers)


@dataclass(frozen=True)
class Record:
    """One case of one run; `node` is its pytest node id below conformance/checks.

    `implementation` and `options` are the values of --implementation and --server-option. `provider` is the
    distribution that was judged, with its version. `preparation` are exchanges by which the harness made sure of a
    service. `replays` says how often the failure came again, `3/3` or `flaky 1/3`; empty where nothing was replayed.
    """

    node: str
    check: str
    case: str
    variant: str
    outcome: str
    reason: str
    seed: int
    implementation: str
    options: Mapping[str, str]
    provider: str
    environment: Environment
    exchanges: tuple[Message, ...]
    preparation: tuple[Message, ...]
    probes: tuple[Mapping[str, Any], ...]
    events: tuple[Mapping[str, Any], ...]
    logs: tuple[Mapping[str, str], ...]
    replays: str = ""

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Record:
        """Make a record of a value that matches evidence.schema.json."""
        environment = value["environment"]
        servers = tuple(tuple(server) for server in environment["servers"])
        lists = {name: tuple(value[name]) for name in ("exchanges", "preparation", "probes", "events", "logs")}
        return cls(**{**value, **lists, "environment": Environment(**{**environment, "servers": servers})})

    def as_json(self) -> dict[str, Any]:
        """Return the record in the form that evidence.schema.json describes."""
        return {**vars(self), "environment": vars(self.environment)}

    @property
    def requests(self) -> dict[str, str]:
        """Return the different requests that the check sent: first lines by fingerprint."""
        return {_fingerprint(message): _first_line(message) for message in self.exchanges}


def observed(trace: Trace, passed: bool) -> dict[str, Any]:
    """Return the members of a record that say what the check did; output of services only where it did not pass."""
    services = dict.fromkeys(trace.touched)
    scripts = [each for each in services if isinstance(each, Script)]
    return {
        "exchanges": tuple(map(_message, trace.exchanges)),
        "preparation": tuple(map(_message, trace.preparation)),
        "probes": tuple(map(vars, trace.probes)),
        "events": tuple({"scenario": each.scenario, "events": _events(each)} for each in scripts),
        "logs": tuple({"scenario": each.scenario, "output": each.log_tail} for each in services if not passed),
    }


def _events(script: Script) -> list[dict[str, Any]]:
    try:
        return script.events()
    except ScenarioFailed as fault:
        return [{"event": "unreadable", "why": str(fault)}]


def _message(exchange: Exchange) -> Message:
    where = authority(exchange.address)
    return {
        "address": where,
        "sent": _kept(exchange.sent, where),
        "status": exchange.status,
        "received": _kept(exchange.received, where),
    }


def _kept(data: bytes, where: str) -> Mapping[str, Any]:
    text = data[:CUT].decode("latin-1")
    if len(data) <= CUT:
        return {"bytes": text}
    return {"bytes": text, "length": len(data), "sha256": _without(data.decode("latin-1"), where)}


def _without(text: str, where: str) -> str:
    """The hash of a message wherever it was sent to, by the address or by the name that a request has for it."""
    for name in (where, f"localhost:{where.rpartition(':')[2]}"):
        text = text.replace(name, "{address}")
    return hashlib.sha256(text.encode("latin-1")).hexdigest()


def _fingerprint(message: Message) -> str:
    sent = message["sent"]
    return str(sent.get("sha256") or _without(sent["bytes"], message["address"]))


def _first_line(message: Message) -> str:
    line = str(message["sent"]["bytes"]).partition("\r\n")[0]
    return line if len(line) <= 100 else f"{line[:97]}..."


@cache
def source_of_scenario(folder: Path, name: str) -> str:
    """Return the sha256 of a scenario and of the scenarios that it imports; empty if there is none of that name."""
    if not name.isidentifier():
        return _hash([])
    return _hash(sorted(_imported(folder / f"{name}.py", set())))


def _imported(file: Path, seen: set[Path]) -> set[Path]:
    if file in seen or not file.is_file():
        return seen
    seen.add(file)
    for node in ast.walk(ast.parse(file.read_bytes())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            _imported(file.with_name(f"{name.partition('.')[0]}.py"), seen)
    return seen


def source_of_check(name: str) -> str:
    """Return the sha256 of the module of a check (`test_hook.py::test_...`) and of the modules that checks share."""
    return _source_of_module(name.partition("::")[0])


@cache
def _source_of_module(name: str) -> str:
    return _hash([CHECKS / name, *sorted(set(CHECKS.glob("*.py")) - set(CHECKS.glob("test_*.py")))])


def _hash(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + (file.read_bytes() if file.is_file() else b"") + b"\0")
    return digest.hexdigest()


def clear(folder: Path) -> None:
    """Remove the records of an earlier run from a folder, and nothing else."""
    for file in folder.glob("*/*.jsonl"):
        file.unlink()
    for inner in folder.glob("*"):
        if inner.is_dir() and not any(inner.iterdir()):
            inner.rmdir()


def keep(record: Record, folder: Path) -> str:
    """Append a case to the file of its check and variant; return the file's name below the folder. One process runs all
    cases of a check on a variant (conformance.plugin.scheduling), so files have one writer."""
    name = f"{record.variant}/{record.check.replace('.py::', '.')}.jsonl"
    file = folder / name
    _make(file.parent)
    with open(file, "a", encoding="ascii") as lines:
        lines.write(as_line(record))
    return name


@cache
def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


def as_line(record: Record) -> str:
    """Return the record as a line of JSON, without probes whose values are nested too deeply to be written."""
    try:
        return json.dumps(record.as_json(), default=str) + "\n"
    except RecursionError:
        return json.dumps(replace(record, probes=()).as_json(), default=str) + "\n"


def label(file: Path, labels: Mapping[str, str]) -> None:
    """Write into the records how often each failure came again, by node id."""
    records = [replace(record, replays=labels.get(record.node, record.replays)) for record in read(file)]
    whole = file.with_suffix(".part")
    whole.write_text("".join(map(as_line, records)), encoding="ascii")
    whole.replace(file)


def read(file: Path) -> list[Record]:
    """Return the records of a file that `keep` wrote. Raises BadUsage naming the file, the line and what is wrong."""
    try:
        lines = untrusted_text.read(file.resolve(), MOST_BYTES).decode("ascii").removesuffix("\n").split("\n")
    except (OSError, ValueError) as error:
        raise BadUsage(f"{file} cannot be read as evidence: {error}.") from None
    if lines == [""]:
        raise BadUsage(f"{file} holds no evidence: it is empty.")
    return [_record(line, f"{file}, line {number}") for number, line in enumerate(lines, 1)]


def _record(line: str, where: str) -> Record:
    from jsonschema.exceptions import best_match  # type: ignore[import-untyped, unused-ignore]

    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadUsage(f"{where} is not JSON: {error}.") from None
    wrong = best_match(_validator().iter_errors(value))
    if wrong is not None:
        member = wrong.json_path.removeprefix("$").removeprefix(".") or "its top"
        raise BadUsage(f"{where} is no evidence of a case, at {member}: {wrong.message[:200]}.")
    return Record.from_json(value)


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped, unused-ignore]

    return Draft202012Validator(json.loads(SCHEMA_FILE.read_text("utf-8")))
