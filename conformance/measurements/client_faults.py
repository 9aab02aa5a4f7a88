"""What a Client says of faults of a server, over each library in each style: `python -m conformance client-faults`.

Each fault is a path of a scripted peer. A cell says the status and `error` of the Response, how many requests the
server got, and when the call ended. A row whose cells differ needs a reason in client_faults.toml, and one whose cells
are the same has none.
"""

from __future__ import annotations

import contextlib
import gzip
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conformance.contract.client_library import CLIENT_LIBRARIES, ClientLibrary
from conformance.foundation.exceptions import BadUsage, HarnessError
from conformance.foundation.loopback import LOCALHOST
from conformance.services import peer_replies
from conformance.services.peer import CERTIFICATE, Peer, Request, by_path, refusing, tls, unreachable
from conformance.services.peer_replies import CLOSES, RESETS, STALLS, Reply, Send, redirect, reply
from conformance.target.implementation import Implementation
from conformance.target.target import Target

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

REASONS = Path(__file__).with_suffix(".toml")
SCENARIO = "client_faults"
SECONDS = 2.0
"""The timeout of each call."""
RESOLVER = 1.5 * SECONDS  # seconds for which the resolver hangs

Cells = Mapping[str, str]
"""What came of a fault by the library in its style."""

JSON = {"n": 0}
PAGE = """\
# What a Client says of faults of a server

A server of the harness fails in one way after the other, and a Client with a timeout asks it over each library, in each
style that it has. A cell says the status of the Response and its `error`, how many requests the server got, and when
the call ended. Where libraries differ the reason stands beside it; without one the command ends with 1. This page is
what it prints:

    python -m conformance client-faults

{}"""
LARGE = "a" * 4_000_000  # of a body that no buffer holds


@dataclass(frozen=True)
class Fault:
    """A fault by its name, which is its path, and in words. `reply` is the peer's, None where it gets no request.

    `url` is asked in place of the peer's own, with `{secure}`, `{named}`, `{plain}`, `{refusing}` and `{unreachable}`
    for origins. A `kept` one is on a connection that an earlier call has opened, which is `twice` one to the same path.
    `trusted` is whether the peer's certificate is.
    """

    name: str
    words: str
    reply: Reply | None = None
    url: str = "{plain}"
    kept: bool = False
    twice: bool = False
    trusted: bool = False
    method: str = "get"
    data: Any = None


def _lines(*lines: str, body: bytes = b"{}") -> Reply:
    return (Send("\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode() + body),)


FAULTS = (
    Fault("refuses", "refuses the connection", url="{refusing}"),
    Fault("unreachable", "does not accept the connection", url="{unreachable}"),
    Fault("unknown-name", "has a name that does not resolve", url="http://unknown.test"),
    Fault("slow-name", "has a name whose resolution hangs", url="http://slow.test"),
    Fault("closes", "closes without an answer", CLOSES),
    Fault("resets", "resets the connection", RESETS),
    Fault("garbage", "answers what is no HTTP", (Send(b"what is no HTTP\r\n\r\n"), *CLOSES)),
    Fault("stalls-before-head", "stalls before the head", STALLS),
    Fault("stalls-in-body", "stalls in the body", peer_replies.stalls_in_the_body(JSON)),
    Fault("trickles-head", "trickles the head", (Send(peer_replies.head(200, [("X", "a" * 200)]), 0.05),)),
    Fault("trickles-body", "trickles the body", (*_lines("Content-Length: 200", body=b""), Send(b"a" * 200, 0.05))),
    Fault("short-head", "ends within the head", (Send(b"HTTP/1.1 200 OK\r\nContent-Le"), *CLOSES)),
    Fault("short-body", "ends within the body", peer_replies.short(JSON)),
    Fault("bad-chunk", "sends a chunk without a size", peer_replies.bad_chunk(JSON)),
    Fault("huge-header", "sends a header of 1 MB", reply(JSON, headers=[("X-Huge", "a" * 1_000_000)])),
    Fault("two-lengths", "sends two Content-Lengths that differ", _lines("Content-Length: 2", "Content-Length: 1")),
    Fault("early-head", "sends 103 and 100 first", peer_replies.early(peer_replies.early(reply(JSON)), 103)),
    Fault("redirect-loop", "redirects to itself", redirect("/redirect-loop")),
    Fault("redirect-away", "redirects to another host", redirect("{secure}/redirect-away"), trusted=True),
    Fault("redirect-down", "redirects from https to http", redirect("{plain}/landed"), "{secure}", trusted=True),
    Fault("self-signed", "has a certificate that is not trusted", reply(JSON), "{secure}"),
    Fault("other-name", "has a certificate of another name", reply(JSON), "{named}", trusted=True),
    Fault("gzip-bomb", "sends 80 MB of zeros, as gzip", reply(gzip.compress(bytes(80_000_000)), headers=[
        ("Content-Encoding", "gzip"), ("Content-Type", "application/octet-stream")])),
    Fault("no-charset", "names a charset that there is not", reply(b"{}", headers=[
        ("Content-Type", "text/plain; charset=none")])),
    Fault("answers-early", "answers before it has read the body", reply(JSON, 413), method="post", data=LARGE),
    Fault("kept-closed", "has closed the kept connection", peer_replies.closing(reply(JSON)), kept=True, twice=True),
    Fault("kept-more", "has sent a second answer", peer_replies.together(reply(JSON), reply(JSON, 201)),
        kept=True, twice=True),
    Fault("kept-closes", "closes the kept connection without an answer", CLOSES, kept=True),
    Fault("kept-resets", "resets the kept connection", RESETS, kept=True),
)  # fmt: skip


def chosen(names: Collection[str]) -> list[Fault]:
    """Return the faults of these names, all where there are none. Raises BadUsage."""
    known = {fault.name: fault for fault in FAULTS}
    for name in names:
        if name not in known:
            raise BadUsage(f"There is no fault {name!r}. The faults are {', '.join(known)}.")
    return [fault for fault in FAULTS if not names or fault.name in names]


def measure(
    implementation: Implementation, faults: Sequence[Fault], libraries: Sequence[ClientLibrary] = CLIENT_LIBRARIES
) -> Iterator[tuple[Fault, dict[str, str]]]:
    """Yield the cells of each fault. Raises HarnessError where the interpreter lacks a library."""
    cells: dict[str, dict[str, str]] = {fault.name: {} for fault in faults}
    with Target(implementation, implementation.variants[0]) as target:
        for library in libraries:
            for name, cell in _cells(target, library, faults):
                cells[name][str(library)] = cell
    for fault in faults:
        yield fault, cells[fault.name]


@contextlib.contextmanager
def _peers(host: str, faults: Sequence[Fault]) -> Iterator[tuple[list[Peer], dict[str, str]]]:
    """Give the peers, and the origins by their names."""
    origins: dict[str, str] = {}
    replies: dict[str, Any] = {}

    def script(request: Request) -> Reply:
        return by_path(replies, reply(JSON))(request)

    early = {"/answers-early"}
    with (
        unreachable(host) as nowhere,
        Peer(host, script, unread=early) as plain,
        Peer(LOCALHOST, script, tls()) as secure,
        Peer(host, script, tls()) as named,
    ):
        origins |= {
            "plain": plain.origin,
            "secure": secure.origin,
            "named": named.origin,
            "refusing": refusing(host),
            "unreachable": nowhere,
        }
        for fault in faults:
            if fault.reply is not None:
                replies[f"/{fault.name}"] = tuple(_with(step, origins) for step in fault.reply)
        if "/redirect-away" in replies:
            away = replies["/redirect-away"]
            replies["/redirect-away"] = lambda request: away if len(secure.at(request.path)) == 0 else reply(JSON)
        replies["/state"] = lambda request: reply({"open": plain.open})
        yield [plain, secure, named], origins


def _with(step: Any, origins: Mapping[str, str]) -> Any:
    """A step in which origins stand where their names were."""
    if not isinstance(step, Send):
        return step
    data = step.data
    for name in ("secure", "plain"):
        data = data.replace(f"{{{name}}}".encode(), origins[name].encode())
    return Send(data, step.interval)


def _cells(target: Target, library: ClientLibrary, faults: Sequence[Fault]) -> Iterator[tuple[str, str]]:
    """Yield the name and cell of each fault: those on new connections at once, the others one after the other."""
    with _peers(target.host, faults) as (peers, origins):
        for trusted in (False, True):
            fresh = [fault for fault in faults if not fault.kept and fault.trusted is trusted]
            if fresh:
                calls = [_call(fault, origins) for fault in fresh]
                yield from _read(fresh, _called(target, library, calls, trusted=trusted, at_once=True), peers)
        kept = [fault for fault in faults if fault.kept]
        if kept:
            told = [
                _called(target, library, _calls_of_kept(fault, origins), trusted=False, at_once=False) for fault in kept
            ]
            yield from _read(kept, [facts[4] for facts in told], peers)


def _call(fault: Fault, origins: Mapping[str, str]) -> Any:
    data = {} if fault.data is None else {"data": fault.data}
    return (fault.method, [f"{fault.url.format(**origins)}/{fault.name}"], data)


def _calls_of_kept(fault: Fault, origins: Mapping[str, str]) -> list[Any]:
    """Calls of which the fifth shows the fault, on the connection of the second one, of which the fourth may hear."""
    asked = _call(fault, origins)
    other: Any = ("get", [f"{origins['plain']}/opens"], {})
    closed: Any = ("look", [f"{origins['plain']}/state"], {}) if fault.name == "kept-closed" else ("enter", [], {})
    hears: Any = ("get", [f"{origins['refusing']}/"], {})
    leaves: list[Any] = [("leave", [], {})] * (1 if fault.name == "kept-closed" else 2)
    return [("enter", [], {}), asked if fault.twice else other, closed, hears, asked, *leaves]


def _called(
    target: Target, library: ClientLibrary, calls: Sequence[Any], *, trusted: bool, at_once: bool
) -> Sequence[Any]:
    settings = {"resolver": RESOLVER, **({"trust": str(CERTIFICATE)} if trusted else {})}
    told: Any = target.probe(
        SCENARIO,
        "called",
        client="failing",
        library=library.name,
        style=library.style,
        base=None,
        calls=calls,
        options={"backend": library.name, "default_timeout": SECONDS, "allow_redirects": True},
        set=settings,
        at_once=at_once,
    ).value
    if "lacks" in told:
        raise HarnessError(f"{told['lacks']} is not installed in the implementation's interpreter")
    facts: Sequence[Any] = told["facts"]
    return facts


def _read(faults: Sequence[Fault], facts: Sequence[Any], peers: Sequence[Peer]) -> Iterator[tuple[str, str]]:
    for fault, fact in zip(faults, facts, strict=True):
        requests = sum(len(peer.at(f"/{fault.name}")) for peer in peers) - fault.twice
        yield fault.name, cell(fact, requests)


def cell(fact: Mapping[str, Any], requests: int) -> str:
    """What came of a call in words: status and `error`, requests that the server got, and when it ended."""
    if "raised" in fact:
        said = f"raises {_name(fact['raised'])}"
    elif isinstance(fact.get("error"), dict):
        said = f"{fact['status']} {_name(fact['error'])}"
    else:
        said = str(fact["status"])
    times = "no request" if not requests else f"{requests} request{'s' if requests > 1 else ''}"
    return f"{said}, {times}, {when(fact['seconds'])}"


def _name(error: Mapping[str, Any]) -> str:
    return str(error["types"][0]).rpartition(".")[2]


def when(seconds: float) -> str:
    """How a time relates to the timeout, so that a slow machine prints the same."""
    if seconds < 0.8 * SECONDS:
        return "at once"
    return "at the deadline" if seconds < 2 * SECONDS else "late"


def reasons(file: Path = REASONS) -> dict[str, str]:
    """Return why cells of a row differ, by the name of the fault. Raises HarnessError for a fault that there is not."""
    found: dict[str, str] = tomllib.loads(file.read_text())
    if unknown := sorted(set(found) - {fault.name for fault in FAULTS}):
        raise HarnessError(f"{file.name} has reasons for {', '.join(unknown)}, which is no fault.")
    return found


def unexplained(rows: Mapping[Fault, Cells], why: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the reasons: rows that differ without one, and reasons of rows that do not differ."""
    differ = {fault.name: len(set(cells.values())) > 1 for fault, cells in rows.items()}
    return [
        *(f"{name}: its cells differ, and no reason is given" for name in differ if differ[name] and name not in why),
        *(f"{name}: a reason is given, and its cells are the same" for name in why if differ.get(name) is False),
    ]


def table(rows: Mapping[Fault, Cells], why: Mapping[str, str]) -> str:
    """Return a Markdown table: a row for each fault, several where libraries differ."""
    lines = ["| the server | came | over | because |", "|---|---|---|---|"]
    for fault, cells in rows.items():
        where: dict[str, list[str]] = {}
        for library, said in cells.items():
            where.setdefault(said, []).append(library)
        for said, over in where.items():
            named = "each" if len(where) == 1 else ", ".join(over)
            lines.append(f"| {fault.words} | {said} | {named} | {why.get(fault.name, '') if len(where) > 1 else ''} |")
    return "\n".join(lines)
