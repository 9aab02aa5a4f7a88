"""CLIENT: redirects, and what another origin may be told."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest

from conformance.checks.client_probe import TRUSTING, Call, Clients, Told, answered, call, content, sent
from conformance.checks.random_values import word
from conformance.contract.check import must
from conformance.foundation.loopback import LOCALHOST
from conformance.services.peer import Peer, Request, by_path, tls
from conformance.services.peer_replies import Reply, redirect, reply


def followed(clients: Clients, base: str, *calls: Call, **options: Any) -> Told:
    """What came of built-in calls of a client that follows redirects unless the options say otherwise."""
    return clients.called("client_requests", "pets", base, *calls, **{"allow_redirects": True, **options})


def secrets() -> dict[str, Any]:
    """Options of a client that are for its own origin."""
    return {
        "base_headers": {"Authorization": f"Bearer {word()}", "Proxy-Authorization": word(), "X-Base": word()},
        "base_query": {"key": word()},
        "base_cookies": {"sid": word()},
    }


def values_of(options: dict[str, Any]) -> list[str]:
    """The secret values of such options."""
    return [value for group in options.values() for value in group.values()]


NAMES = ("authorization", "proxy-authorization", "cookie", "x-base")


@must(
    "CLIENT-6a",
    kills=(
        "client_redirects_with_authorization",
        "client_redirects_with_base_headers",
        "client_redirects_with_cookies",
        "client_locations_without_a_scheme_are_own",
        "client_origins_without_their_port",
    ),
)
@pytest.mark.parametrize("status", [302, 307])
def test_another_origin_is_told_nothing_by_a_redirect(clients: Clients, status: int) -> None:
    options, own = secrets(), word()
    with clients.peer() as other:
        replies = {
            "/away": redirect(f"{other.origin}/landed?n=0", status),
            "/askew": redirect(f"{other.origin.removeprefix('http:')}/landed?n=0", status),
            "/set": reply({}, headers=[("Set-Cookie", f"set={own}; Path=/a")]),
        }
        with clients.peer(by_path(replies)) as server:
            calls = [
                call("get", "set"),
                call("get", "away"),
                call("post", "away", data={}, headers={"Authorization": own, "Cookie": f"own={own}"}),
                call("get", "away", cookies={"own": own}),
                call("get", "askew"),
            ]
            told = followed(clients, server.origin, *calls, **options)
    assert [answered(facts)["status"] for facts in told.facts] == [200] * 5
    assert [request.path for request in other.requests] == ["/landed"] * 4
    assert [name for name in NAMES if server.requests[1].values(name) == []] == []
    for request in other.requests:
        assert [(name, request.values(name)) for name in NAMES if request.values(name)] == []
        assert request.query == [("n", "0")]
        assert [value for value in (*values_of(options), own) if value in str(request)] == []


@must("CLIENT-6a", kills="client_origins_without_their_host")
def test_the_same_port_of_another_host_is_another_origin(clients: Clients) -> None:
    options = secrets()

    def script(request: Request) -> Reply:
        return redirect(f"http://localhost:{server.port}/landed") if request.path == "/away" else reply({})

    with Peer(LOCALHOST, script) as server:
        calls = [call("get", "away"), call("get", f"http://localhost:{server.port}/full"), call("get", "own")]
        followed(clients, server.origin, *calls, **options)
    assert [request.path for request in server.requests] == ["/away", "/landed", "/full", "/own"]
    assert [[name for name in NAMES if request.values(name)] for request in server.requests] == [
        list(NAMES),
        [],
        [],
        list(NAMES),
    ]


@must("CLIENT-6a", kills="client_origins_without_their_scheme")
def test_the_other_scheme_of_a_host_and_port_is_another_origin(clients: Clients) -> None:
    options, own = secrets(), word()

    def script(request: Request) -> Reply:
        return redirect(f"{secure}/landed") if request.path == "/away" else reply({})

    with Peer(LOCALHOST, script, tls(), plain_too=True) as server:
        secure = server.origin
        away = call("get", "away", headers={"Authorization": own}, cookies={"own": own})
        calls = [away, call("get", f"{secure}/full"), call("get", "own")]
        told = followed(clients, secure.replace("https", "http"), *calls, settings=TRUSTING, **options)
    assert [answered(facts)["status"] for facts in told.facts] == [200] * 3
    assert [
        [name for name in NAMES if request.values(name)] for request in server.requests if request.path != "/away"
    ] == [[], [], list(NAMES)]


@must("CLIENT-6a", kills=("client_full_urls_with_base_headers", "client_full_urls_with_base_query"))
def test_another_origin_is_told_nothing_by_a_full_url(clients: Clients) -> None:
    options = secrets()
    with clients.peer() as server, clients.peer() as other:
        calls = [call("there", 0), call("get", f"{other.origin}/full?n=0"), call("here")]
        told = clients.called(
            "client_requests", "elsewhere", server.origin, *calls, settings={"other": other.origin}, **options
        )
    assert [answered(facts)["status"] for facts in told.facts] == [200] * 3
    assert [name for name in NAMES if server.requests[0].values(name) == []] == []
    assert [request.path for request in other.requests] == ["/there/0", "/full"]
    for request in other.requests:
        assert [(name, request.values(name)) for name in NAMES if request.values(name)] == []
        assert [value for value in values_of(options) if value in str(request)] == []


@must("CLIENT-6a", kills="client_full_urls_with_base_headers")
def test_another_origin_is_not_told_who_the_user_of_the_base_url_is(clients: Clients) -> None:
    user, password = word(), word()
    with (
        clients.peer() as other,
        clients.peer(by_path({"/away": redirect(f"{other.origin}/landed")}, reply({}))) as server,
    ):
        base = server.origin.replace("http://", f"http://{user}:{password}@")
        followed(clients, base, call("get", "own"), call("get", "away"), call("get", f"{other.origin}/full"))
    basic = "Basic " + b64encode(f"{user}:{password}".encode()).decode()
    assert [request.path for request in other.requests] == ["/landed", "/full"]
    assert [request.values("authorization") for request in other.requests] == [[], []]
    assert [part for part in (user, password, basic) if part in str(other.requests)] == []


FOLLOWED = {
    "post 301": ("GET", False),
    "post 302": ("GET", False),
    "post 303": ("GET", False),
    "put 303": ("GET", False),
    "post 307": ("POST", True),
    "post 308": ("POST", True),
    "put 307": ("PUT", True),
    "put 308": ("PUT", True),
    "get 301": ("GET", False),
    "get 308": ("GET", False),
    "delete 307": ("DELETE", False),
}


@must("CLIENT-6b", kills=("client_303_by_the_same_method", "client_307_by_get", "client_302_with_the_body"))
def test_a_redirect_is_followed_by_the_method_of_its_status(clients: Clients) -> None:
    data = {"text": word(), "zero": 0}

    def script(request: Request) -> Reply:
        _, way, *rest = request.path.split("/")
        return reply({}) if rest else redirect(f"{request.path}/landed", int(way))

    calls = []
    for way in FOLLOWED:
        method, status = way.split()
        calls.append(call(method, status, **({"data": data} if method in ("post", "put") else {})))
    with clients.peer(script) as server:
        told = followed(clients, server.origin, *calls)
    assert [answered(facts)["status"] for facts in told.facts] == [200] * len(calls)
    landed = [request for request in server.requests if request.path.endswith("/landed")]
    came = {way: (request.method, bool(request.body)) for way, request in zip(FOLLOWED, landed, strict=True)}
    assert came == FOLLOWED
    assert [content(request) for request in landed if request.body] == [data] * 4


def rounds(request: Request) -> Reply:
    """A script that redirects from `/3` to `/2`, and so on to `/0`."""
    left = int(request.path.removeprefix("/"))
    return redirect(f"/{left - 1}") if left else reply({"left": 0})


@must("CLIENT-6b", kills=("client_fifty_redirects", "client_nineteen_redirects"))
def test_more_than_twenty_redirects_in_a_row_are_an_abort(clients: Clients) -> None:
    with clients.peer(rounds) as server:
        told = followed(clients, server.origin, call("get", "20"), call("get", "21"), call("get", "1"))
    assert [answered(facts)["status"] for facts in told.facts] == [200, 503, 200]
    assert [facts["error"] is None for facts in told.facts] == [True, False, True]
    assert [target for _, target in sent(server)][:21] == [f"/{left}" for left in range(20, -1, -1)]


@must("CLIENT-6b", kills="client_redirects_from_https_to_http")
def test_a_redirect_from_https_to_http_is_an_abort(clients: Clients) -> None:
    with clients.peer() as plain:
        script = by_path({"/down": redirect(f"{plain.origin}/landed"), "/there": redirect("/own")}, reply({}))
        with clients.secure_peer(script) as secure:
            calls = [call("get", "own"), call("get", "down"), call("get", "there")]
            told = followed(clients, secure.origin, *calls, settings=TRUSTING)
    assert [answered(facts)["status"] for facts in told.facts] == [200, 503, 200]
    assert told.facts[1]["error"] is not None
    assert sent(plain) == []


@must("CLIENT-g34", kills=("client_redirects_always_followed", "client_redirects_never_followed"))
@pytest.mark.parametrize("follows", [False, True])
def test_redirects_are_followed_where_that_is_asked_for(clients: Clients, follows: bool) -> None:
    text = word()
    script = by_path({"/status": redirect("/landed", 301), "/built": redirect("/landed", 302)}, reply({"text": text}))
    with clients.peer(script) as server:
        told = followed(clients, server.origin, call("status"), call("get", "built"), allow_redirects=follows)
    statuses = [answered(facts)["status"] for facts in told.facts]
    assert statuses == ([200, 200] if follows else [301, 302])
    landed = ("GET", "/landed")
    assert sent(server) == [
        *(("GET", "/status"), *([landed] if follows else [])),
        *(("GET", "/built"), *([landed] if follows else [])),
    ]
    if follows:
        assert [facts["data"] for facts in told.facts] == [{"text": text}] * 2


@must("CLIENT-6a", kills=("client_second_redirects_with_cookies", "client_origins_by_their_text"))
def test_another_origin_is_told_nothing_by_a_second_redirect_or_a_url_that_begins_alike(clients: Clients) -> None:
    options, own = secrets(), word()
    with (
        clients.peer(by_path({"/first": redirect("/second")}, reply({}))) as other,
        clients.peer(by_path({"/away": redirect(f"{other.origin}/first")}, reply({}))) as server,
    ):
        alike = f"{server.origin}@{other.origin.removeprefix('http://')}/alike"
        followed(clients, server.origin, call("get", "away", cookies={"own": own}), call("get", alike), **options)
    assert [request.path for request in other.requests][:2] == ["/first", "/second"]
    assert [value for value in (*values_of(options), own) if value in str(other.requests)] == []


@must("CLIENT-6c", kills=("client_hooks_with_base_headers", "client_hooks_with_base_cookies"))
def test_a_hook_takes_nothing_that_the_client_added_to_another_origin(clients: Clients) -> None:
    options, text, user = secrets(), word(), word()
    del options["base_headers"]["Authorization"]
    with clients.peer() as server, clients.peer() as other:
        base = server.origin.replace("http://", f"http://{user}:{user}@")
        settings = {"path": "/away", "other": f"{other.origin}/landed", "word": text}
        calls = [call("get", "away"), call("shown", 0)]
        told = clients.called("client_hooks", "turning", base, *calls, settings=settings, **options)
    assert [answered(facts)["status"] for facts in told.facts] == [200, 200]
    (landed,), (own,) = other.requests, server.requests
    assert (landed.path, landed.values("x-own"), own.path) == ("/landed", [text], "/shown")
    assert [name for name in NAMES if landed.values(name)] == []
    assert [value for value in values_of(options) if value in str(landed)] == []
    assert [name for name in NAMES if own.values(name) == []] == []


@must("CLIENT-6b", kills="client_303_of_head_by_get")
def test_a_redirect_of_a_head_is_followed_by_a_head(clients: Clients) -> None:
    script = by_path({f"/{status}": redirect("/landed", status) for status in (302, 303)}, reply(b""))
    with clients.peer(script) as server:
        followed(clients, server.origin, *(call("request", "HEAD", str(status)) for status in (302, 303)))
    landed = ("HEAD", "/landed")
    assert sent(server) == [("HEAD", "/302"), landed, ("HEAD", "/303"), landed]
