"""Calls clients of the scenarios of CLIENT (client_calls.py) over a library, and reads what came of the calls."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from conformance.contract.client_library import CLIENT_LIBRARIES, ClientLibrary
from conformance.foundation.exceptions import HarnessError
from conformance.foundation.loopback import LOCALHOST
from conformance.services.peer import CERTIFICATE, Peer, Request, Script, tls
from conformance.services.peer_replies import Reply, reply
from conformance.target.target import Target

Call = tuple[Any, ...]
TRUSTING = {"trust": str(CERTIFICATE)}
"""Settings of a client that trusts the certificate of `secure_peer`."""


def call(name: str, /, *arguments: Any, **keywords: Any) -> Call:
    """A call of a request function (`pet`, or `shop.orders`) or a built-in one, `enter`, `leave`, `look`, `kept`."""
    return (name, arguments, keywords)


class Facts(dict[str, Any]):
    """What came of a call. A thing that it lacks is a failure of the implementation, whose Response has it not."""

    def __missing__(self, name: str) -> Any:
        raise AssertionError(f"what came of the call has no {name}: {dict(self)}")


@dataclass(frozen=True)
class Told:
    """What came of the calls of a client, in their order; what its hooks noted; and its repr."""

    facts: Sequence[Facts]
    journal: Sequence[Any]
    client: str


def called_by(target: Target, scenario: str, function: str, **arguments: Any) -> Any:
    """The value of a probe that needs a library. Raises HarnessError where the interpreter lacks it."""
    told = target.probe(scenario, function, **arguments).value
    if "lacks" in told:
        raise HarnessError(
            f"{told['lacks']} is not installed in the implementation's interpreter; install it to verify this"
        )
    return told


@dataclass(frozen=True)
class Clients:
    """Clients over one library, in the implementation's interpreter, and peers for them at the worker's address."""

    target: Target
    library: ClientLibrary = CLIENT_LIBRARIES[0]

    def called(
        self,
        scenario: str,
        client: str,
        base: str | None,
        *calls: Call,
        at_once: bool = False,
        shared: bool = False,
        given: bool = True,
        settings: Mapping[str, Any] = MappingProxyType({}),
        **options: Any,
    ) -> Told:
        """Make a client of a scenario's class, with these options, and call it; `settings` are for its class.

        Calls at once are of a client each, unless one is `shared`. The library is not `given` to a client that gets it
        in another way. Raises HarnessError where the interpreter lacks the library.
        """
        told = called_by(
            self.target,
            scenario,
            "called",
            client=client,
            library=self.library.name,
            style=self.library.style,
            base=base,
            calls=calls,
            options={"backend": self.library.name, **options} if given else options,
            set=dict(settings),
            at_once=at_once,
            shared=shared,
        )
        return Told([Facts(each) for each in told["facts"]], told["journal"], told["client"])

    def peer(self, script: Script | None = None) -> Peer:
        """A peer that echoes requests, unless a script says otherwise."""
        return Peer(self.target.host, script or echo)

    def secure_peer(self, script: Script | None = None) -> Peer:
        """The same with TLS, at 127.0.0.1, for clients with the setting TRUSTING."""
        return Peer(LOCALHOST, script or echo, tls())


def answered(facts: Facts) -> Facts:
    """The facts of a call that gave a Response or a value; AssertionError with what was raised instead."""
    assert "raised" not in facts, "\n".join(facts["raised"]["texts"])
    return facts


def results(told: Told) -> list[Any]:
    """The `result` of the Response of each call, of those that are templates; a plain one has `data`."""
    return [answered(facts)["result"] for facts in told.facts]


def targets(told: Told) -> list[Any]:
    """The target of each request, as its echo has it in `data` of the Response; the data where that is no echo."""
    data = [answered(facts)["data"] for facts in told.facts]
    return [normalized(str(each["target"])) if isinstance(each, dict) and "target" in each else each for each in data]


def kind(facts: Facts, *templates: str) -> str:
    """The first of these templates, else `Response`, that the Response of a call is an instance of."""
    classes = answered(facts)["classes"]
    return next((each for each in (*templates, "Response") if each in classes), " ".join(classes))


def raised(facts: Facts) -> Any:
    """The exception of a call: its `types`, `message` and `texts`; AssertionError where there is none."""
    assert "raised" in facts, f"nothing is raised: {facts}"
    return facts["raised"]


def echo(request: Request) -> Reply:
    """Reply with the request's own method, target and body, as JSON."""
    return reply({"method": request.method, "target": request.target, "body": request.body.decode("latin-1")})


def sent(peer: Peer) -> list[tuple[str, str]]:
    """Method and normalized target of each request that came."""
    return [(request.method, normalized(request.target)) for request in peer.requests]


def normalized(target: str) -> str:
    """A target whose unreserved characters are not percent-encoded (RFC 3986, 6.2.2)."""
    return re.sub("%[0-9A-Fa-f]{2}", lambda found: quote(unquote_to_bytes(found.group()), safe=""), target)


def content(request: Request) -> Any:
    """The body of a request, parsed as JSON; the bytes where it is none."""
    try:
        return json.loads(request.body)
    except ValueError:
        return request.body


def text_of(request: Request) -> str:
    """The body of a request as text, in the charset that its Content-Type names, else UTF-8."""
    message = Message()
    message["Content-Type"] = ", ".join(request.values("content-type"))
    return request.body.decode(message.get_content_charset("utf-8"))


def media_type(request: Request) -> str:
    """The Content-Type of a request without its parameters; of several lines, all."""
    return ", ".join(line.partition(";")[0].strip().lower() for line in request.values("content-type"))


def senders(clients: Clients, **options: Any) -> list[str]:
    """The libraries that connected for two calls of a client, with these keywords or settings."""
    settings = {"preferences": options.pop("preferences")} if "preferences" in options else {}
    with clients.peer() as server:
        told = clients.called(
            "client_libraries",
            "sending",
            server.origin,
            call("sent", 0),
            call("get", "built"),
            given=False,
            settings=settings,
            **options,
        )
    assert [str(target).partition("?")[0] for target in targets(told)] == ["/sent", "/built"]
    return sorted(set(told.journal))
