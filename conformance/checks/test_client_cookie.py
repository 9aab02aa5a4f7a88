"""CLIENT: cookies that answers set, and the connections of a client."""

from __future__ import annotations

from typing import Any

from conformance.checks.client_probe import TRUSTING, Call, Clients, Told, answered, call
from conformance.checks.random_values import word
from conformance.contract.check import must
from conformance.foundation.loopback import LOCALHOST
from conformance.services.peer import Peer, Request, Script
from conformance.services.peer_replies import Reply, redirect, reply


def told_of(clients: Clients, base: str, *calls: Call, **options: Any) -> Told:
    """What came of built-in calls of a client."""
    return clients.called("client_requests", "pets", base, *calls, **options)


def setting(**lines: str) -> Script:
    """A script whose answers to the paths that end so set these cookies."""

    def script(request: Request) -> Reply:
        line = lines.get(request.path.rpartition("/")[2])
        return reply({}, headers=[("Set-Cookie", line)] if line else ())

    return script


def got(server: Peer) -> dict[str, dict[str, str]]:
    """The cookies of the request for each path."""
    return {request.path: request.cookies for request in server.requests}


def named(server: Peer) -> str:
    """The origin of a peer at LOCALHOST by its name: what the guides say of cookies says nothing of addresses."""
    return f"http://localhost:{server.port}"


@must("CLIENT-7", kills=("client_cookies_of_every_path", "client_cookies_of_longer_segments"))
def test_a_cookie_goes_to_the_paths_that_it_is_for(clients: Clients) -> None:
    text = word()
    with clients.peer(setting(path=f"p={text}; Path=/a", default=f"d={text}")) as server:
        paths = ("path", "deep/default", "a", "a/b", "ab", "deep/other", "deeper", "")
        told_of(clients, f"{server.origin}/", *(call("get", path) for path in paths))
    assert got(server) == {
        "/path": {},
        "/deep/default": {},
        "/a": {"p": text},
        "/a/b": {"p": text},
        "/ab": {},
        "/deep/other": {"d": text},
        "/deeper": {},
        "/": {},
    }


@must("CLIENT-7", kills=("client_cookies_of_every_host", "client_cookies_of_foreign_domains"))
def test_a_cookie_goes_to_the_hosts_that_it_is_for(clients: Clients) -> None:
    text = word()
    script = setting(own=f"own={text}; Path=/", foreign=f"foreign={text}; Path=/; Domain=example.com")
    with clients.peer(script) as server, Peer(LOCALHOST, setting()) as other:
        elsewhere = f"http://localhost:{other.port}/other"
        calls = [call("get", "own"), call("get", "foreign"), call("get", elsewhere), call("get", "last")]
        told_of(clients, server.origin, *calls)
    assert got(other) == {"/other": {}}
    assert got(server) == {"/own": {}, "/foreign": {"own": text}, "/last": {"own": text}}


@must("CLIENT-7", kills=("client_cookies_of_one_port", "client_cookies_of_parts_of_addresses"))
def test_a_cookie_goes_to_every_port_of_its_host(clients: Clients) -> None:
    text = word()
    with clients.peer() as other:
        part = other.host.partition(".")[2]
        lines = {
            "set": f"own={text}; Path=/",
            "part": f"part={text}; Path=/; Domain={part}",
            "bare": f"bare={text}; Path=/; Domain={part.rpartition('.')[2]}",
        }
        away, sets = redirect(f"{other.origin}/landed"), setting(**lines)
        with clients.peer(lambda request: away if request.path == "/away" else sets(request)) as server:
            calls = [*(call("get", path) for path in lines), call("get", f"{other.origin}/full"), call("get", "away")]
            told_of(clients, server.origin, *calls, allow_redirects=True)
    assert [(request.path, request.cookies) for request in other.requests] == [
        ("/full", {"own": text}),
        ("/landed", {"own": text}),
    ]


@must("CLIENT-7", kills=("client_secure_cookies_over_http", "client_cookies_that_are_over"))
def test_a_secure_cookie_never_goes_over_http(clients: Clients) -> None:
    text = word()
    lines = {
        "secure": f"secure={text}; Path=/; Secure",
        "plain": f"plain={text}; Path=/",
        "over": "plain=; Path=/; Max-Age=0",
    }
    with clients.secure_peer(setting(**lines)) as secure, Peer(LOCALHOST, setting(**lines)) as server:
        paths = ("secure", "plain", "first")
        calls = [*(call("get", path) for path in paths), call("get", f"{server.origin}/second"), call("get", "over")]
        calls += [call("get", "third"), call("get", f"{server.origin}/secure"), call("get", f"{server.origin}/fourth")]
        told = told_of(clients, secure.origin, *calls, settings=TRUSTING)
    assert [answered(facts)["status"] for facts in told.facts] == [200] * len(calls)
    both = {"secure": text, "plain": text}
    assert got(secure) == {
        "/secure": {},
        "/plain": {"secure": text},
        "/first": both,
        "/over": both,
        "/third": {"secure": text},
    }
    assert [path for path, cookies in got(server).items() if "secure" in cookies] == []


@must(
    "CLIENT-g35",
    kills=(
        "client_cookies_forgotten",
        "client_cookies_not_changed",
        "client_cookie_paths_of_the_query",
    ),
)
def test_a_cookie_that_an_answer_sets_is_sent_with_later_requests(clients: Clients) -> None:
    text = word()
    script = setting(set=f"sid={text}; Path=/", zero="zero=0; Path=/", changed="sid=1; Path=/", login="in=1")
    with Peer(LOCALHOST, script) as server:
        calls = [call("get", "set"), call("status"), call("post", "zero", data={}), call("get", "changed")]
        calls += [call("pet", 0), call("get", "last", cookies={"own": text})]
        calls += [call("get", f"{named(server)}/login?next=/home/x"), call("get", "end")]
        told_of(clients, named(server), *calls)
    assert got(server) == {
        "/set": {},
        "/status": {"sid": text},
        "/zero": {"sid": text},
        "/changed": {"sid": text, "zero": "0"},
        "/pet/0": {"sid": "1", "zero": "0"},
        "/last": {"sid": "1", "zero": "0", "own": text},
        "/login": {"sid": "1", "zero": "0"},
        "/end": {"sid": "1", "zero": "0", "in": "1"},
    }


@must(
    "CLIENT-g36",
    kills=(
        "client_connections_not_kept",
        "client_connections_never_closed",
        "client_cookies_kept",
        "client_connections_closed_after_errors",
    ),
)
def test_connections_are_used_again_until_the_end_of_with(clients: Clients) -> None:
    text = word()

    def script(request: Request) -> Reply:
        if request.path == "/state":
            return reply({"open": server.open})
        if request.path == "/missing":
            return reply({}, 404)
        return setting(set=f"sid={text}; Path=/")(request)

    with Peer(LOCALHOST, script) as server:
        within = [call("enter"), *(call("get", path) for path in ("set", "missing", "b")), call("leave")]
        told = told_of(
            clients, named(server), *within, call("look", f"{server.origin}/state"), call("get", "afterwards")
        )
    assert [facts["open"] for facts in told.facts if "open" in facts] == [0]
    asked = [request for request in server.requests if request.path != "/state"]
    assert [request.cookies for request in asked] == [{}, {"sid": text}, {"sid": text}, {}]
    assert len({request.connection for request in asked[:3]}) == 1


@must("CLIENT-7", kills="client_secure_cookies_with_a_value")
def test_a_cookie_is_secure_however_that_is_written(clients: Clients) -> None:
    text = word()
    lines = {
        "valued": f"a={text}; Path=/; Secure=1",
        "small": f"b={text}; Path=/;secure",
        "false": f"c={text}; SECURE=no",
    }
    with clients.peer(setting(**lines)) as server:
        told_of(clients, server.origin, *(call("get", path) for path in (*lines, "last")))
    assert got(server) == {f"/{path}": {} for path in (*lines, "last")}


@must("CLIENT-7", kills="client_cookies_of_redirects_for_the_first_host")
def test_a_cookie_that_is_set_behind_a_redirect_is_for_the_host_there(clients: Clients) -> None:
    text = word()

    def script(request: Request) -> Reply:
        return redirect(f"{there}/set") if request.path == "/away" else setting(set=f"a={text}; Path=/")(request)

    with Peer(LOCALHOST, script) as server:
        there = f"http://localhost:{server.port}"
        calls = [call("get", "away"), call("get", "own"), call("get", f"{there}/other")]
        told_of(clients, server.origin, *calls, allow_redirects=True)
    assert got(server) == {"/away": {}, "/set": {}, "/own": {}, "/other": {"a": text}}


@must("CLIENT-g36", kills="client_failed_with_never_ends")
def test_a_with_that_an_exception_leaves_ends_too(clients: Clients) -> None:
    with clients.peer(setting(set=f"sid={word()}; Path=/")) as server:
        told_of(clients, server.origin, call("enter"), call("get", "set"), call("leave", True), call("get", "last"))
    first, last = server.requests
    assert last.cookies == {}
    assert first.connection != last.connection
