"""CLIENT: requests that get no answer, in each of the ways in which servers fail, and how long a call waits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from conformance.checks.client_probe import Call, Clients, Told, answered, call, kind, raised
from conformance.checks.random_values import word
from conformance.contract.check import must
from conformance.contract.client_library import ClientLibrary
from conformance.services import peer_replies
from conformance.services.peer import Peer, Request, Script, by_path, in_turn, refusing, unreachable
from conformance.services.peer_replies import CLOSES, RESETS, STALLS, Reply, reply
from conformance.target.target import Target

SCENARIO = "client_failures"
TIMEOUT = 0.4  # seconds, of calls to peers that take much longer
MUCH = 3.0  # seconds that such a call takes at most, on a busy machine

ABORTS: Mapping[str, Reply] = {
    "/closes": CLOSES,
    "/resets": RESETS,
    "/short": peer_replies.short(7),
    "/chunk": peer_replies.bad_chunk(7),
    "/trailers": peer_replies.cut_trailers(7),
}
SILENTLY: tuple[dict[str, Any], ...] = ({}, {"fail_silently": True})
FAULTS = [path.removeprefix("/") for path in ABORTS]


def causes(facts: Any) -> list[str]:
    """The classes of the `error` of a Response; empty where it is no exception."""
    error = answered(facts)["error"]
    return list(error["types"]) if isinstance(error, dict) and "types" in error else []


def aborting(clients: Clients) -> Peer:
    """A peer that aborts, in another way by each path."""
    return clients.peer(by_path(ABORTS))


@must("CLIENT-2a", kills=("client_aborts_are_raised", "client_error_is_a_text", "client_trailers_not_awaited"))
def test_without_an_answer_there_is_a_response_whose_error_is_the_cause(clients: Clients) -> None:
    calls = [call(name, how) for how in FAULTS for name in ("plain", "bare", "either", "get")]
    with aborting(clients) as server:
        told = clients.called(SCENARIO, "failures", server.origin, *calls)
        refused = clients.called(SCENARIO, "failures", refusing(server.host), *calls[:4])
    for facts in (*told.facts, *refused.facts):
        assert (kind(facts, "Number"), facts["status"]) == ("Response", 503)
        assert "builtins.Exception" in causes(facts)


@must("CLIENT-2a", kills=("client_aborts_are_never_raised", "client_fail_silently_raises_aborts"))
def test_it_is_raised_where_a_template_alone_is_annotated(clients: Clients) -> None:
    calls = [call("typed", how) for how in FAULTS]
    with aborting(clients) as server:
        bases = (server.origin, refusing(server.host))
        loud, silent = (
            [facts for base in bases for facts in clients.called(SCENARIO, "failures", base, *calls, **options).facts]
            for options in SILENTLY
        )
    assert ["raised" in facts for facts in loud] == [True] * len(loud)
    for facts in silent:
        assert answered(facts)["status"] == 503
        assert "builtins.Exception" in causes(facts)


def timed(clients: Clients, script: Script, *calls: Call, **options: Any) -> Told:
    """What came of calls at once to a peer of this script."""
    with clients.peer(script) as server:
        return clients.called(SCENARIO, "failures", server.origin, *calls, at_once=True, **options)


@must("CLIENT-3", kills="client_timeouts_are_aborts")
def test_the_error_of_a_timeout_is_a_timeout_error(clients: Clients) -> None:
    script = by_path({"/head": STALLS, "/body": peer_replies.stalls_in_the_body({"text": word()}), "/typed": STALLS})
    calls = [call("get", path) for path in ("head", "body")]
    *told, loud = timed(clients, script, *calls, call("typed", "typed"), default_timeout=TIMEOUT).facts
    for facts in told:
        assert "builtins.TimeoutError" in causes(facts)
    assert "builtins.TimeoutError" in raised(loud)["types"]


@must("CLIENT-3", kills=("client_aborts_are_timeouts", "client_surrounding_timeouts_are_the_cause"))
def test_the_error_of_another_abort_is_none(clients: Clients) -> None:
    with aborting(clients) as server:
        calls = [call(name, how) for how in FAULTS for name in ("get", "fallback")]
        told = clients.called(SCENARIO, "failures", server.origin, *calls)
        refused = clients.called(SCENARIO, "failures", refusing(server.host), call("plain", "a"))
    for facts in (*told.facts, *refused.facts):
        kinds = [kind for kind in ("builtins.Exception", "builtins.TimeoutError") if kind in causes(facts)]
        assert kinds == ["builtins.Exception"]


@must(
    "CLIENT-4",
    kills=("client_timeout_of_each_read", "client_timeout_of_each_redirect", "client_timeout_without_connecting"),
)
def test_a_timeout_bounds_the_whole_call(clients: Clients) -> None:
    slow = peer_replies.late(peer_replies.redirect("/round"), TIMEOUT / 2)
    script = by_path(
        {
            "/head": STALLS,
            "/body": peer_replies.stalls_in_the_body({"text": word()}),
            "/trickle": peer_replies.trickles(reply({"text": word() * 20}), 0.03),
            "/round": slow,
        }
    )
    calls = [call("get", path) for path in ("head", "body", "trickle", "round")]
    options: dict[str, Any] = {"default_timeout": TIMEOUT, "allow_redirects": True}
    with clients.peer(script) as server, unreachable(server.host) as nowhere:
        calls.append(call("get", f"{nowhere}/path"))
        told = clients.called(SCENARIO, "failures", server.origin, *calls, at_once=True, **options)
    late = [place for place, facts in enumerate(told.facts) if facts["seconds"] >= MUCH]
    assert late == []
    assert [answered(facts)["error"] is not None for facts in told.facts] == [True] * len(calls)


@must("CLIENT-5", kills="client_aborted_requests_sent_again")
def test_a_request_without_an_answer_is_sent_once(clients: Clients) -> None:
    calls = [
        built
        for how in ("closes", "resets")
        for built in (call("get", how), call("posted", how, 0), call("put", how, data={}), call("delete", how))
    ]
    with aborting(clients) as server:
        clients.called(SCENARIO, "failures", server.origin, *calls)
    assert [(request.method, request.path) for request in server.requests] == [
        (method, path) for path in ("/closes", "/resets") for method in ("GET", "POST", "PUT", "DELETE")
    ]


@must("CLIENT-5", kills="client_aiohttp_sends_again")
def test_a_request_on_a_kept_connection_that_is_closed_is_sent_once(clients: Clients) -> None:
    methods = ("get", "post", "put")
    calls = [each for method in methods for each in (call("get", f"before-{method}"), call(method, f"closes-{method}"))]

    def script(request: Request) -> Reply:
        return CLOSES if request.path.startswith("/closes") else reply({})

    with clients.peer(script) as server:
        told = clients.called(
            SCENARIO, "failures", server.origin, call("enter"), *calls, call("get", "last"), call("leave")
        )
    assert [facts.get("status") for facts in told.facts[1:-1]] == [200, 503] * len(methods) + [200]
    paths = [path for method in methods for path in (f"/before-{method}", f"/closes-{method}")]
    assert [request.path for request in server.requests] == [*paths, "/last"]


@must("CLIENT-17f", kills=("client_second_answers_taken", "client_two_lengths_taken"))
def test_what_follows_an_answer_is_not_the_next_one(clients: Clients) -> None:
    good = [reply({"n": n, "text": word()}) for n in range(3)]
    lengths = peer_replies.head(200, [("Content-Length", "2"), ("Content-Length", "1")])
    both = peer_replies.together(good[0], good[1])  # at once: the second is there when the first is read
    script = by_path({"/more": in_turn(both, good[2]), "/lengths": (peer_replies.Send(lengths + b"{}"),)})
    with clients.peer(script) as server:
        calls = [call("enter"), call("get", "more"), call("get", "more"), call("get", "lengths"), call("leave")]
        _, first, second, broken, _ = clients.called(SCENARIO, "failures", server.origin, *calls).facts
    assert [answered(facts)["data"]["n"] for facts in (first, second)] == [0, 2]
    assert answered(broken)["status"] == 503


def slow(clients: Clients, *calls: Call, **options: Any) -> list[Any]:
    """Whether calls at once to a peer that takes four tenths of a second are answered, each."""
    with clients.peer(lambda request: peer_replies.late(reply({}), 0.4)) as server:
        told = clients.called(SCENARIO, "patience", server.origin, *calls, at_once=True, **options)
    return [facts.get("status") == 200 for facts in told.facts]


@must("CLIENT-g31", kills=("client_default_timeout_ignored", "client_timedelta_in_days"))
@pytest.mark.parametrize("default", [0.1, {"$timedelta": 0.1}], ids=["number", "timedelta"])
def test_a_call_takes_no_longer_than_the_default_timeout(clients: Clients, default: object) -> None:
    calls = [call("slow"), call("get", "slow"), call("patient"), call("get", "slow", timeout=9)]
    assert slow(clients, *calls, default_timeout=default) == [False, False, True, True]


@must("CLIENT-g31", kills=("client_timeout_of_a_call_ignored", "client_timeout_of_a_function_ignored"))
def test_the_timeout_of_a_call_and_of_a_function_goes_before_the_default(clients: Clients) -> None:
    calls = [call("slow"), call("hasty"), call("get", "slow", timeout=0.1), call("get", "slow")]
    assert slow(clients, *calls, default_timeout=9) == [True, False, False, True]


@must("CLIENT-2a", kills="client_aborts_without_a_cause_are_raised")
def test_a_redirect_that_is_not_followed_to_an_answer_gives_such_a_response(clients: Clients) -> None:
    script = by_path({"/loop": peer_replies.redirect("/loop"), "/away": peer_replies.redirect("ftp://peer.invalid/")})
    calls = [call(name, how) for how in ("loop", "away") for name in ("plain", "get")]
    with clients.peer(script) as server:
        told = clients.called(SCENARIO, "failures", server.origin, *calls, allow_redirects=True)
    for facts in told.facts:
        assert answered(facts)["status"] == 503
        assert "builtins.Exception" in causes(facts)


@must("CLIENT-4", kills="client_bodies_without_a_timeout")
def test_a_timeout_bounds_the_sending_of_a_body(clients: Clients) -> None:
    with Peer(clients.target.host, lambda request: reply({}), pace=0.05) as server:
        body = {"$zeros": 16 << 20}  # more than what sockets hold
        calls = [call("post", "path", data=body, headers={"Content-Type": "application/octet-stream"})]
        (facts,) = clients.called(SCENARIO, "failures", server.origin, *calls, default_timeout=TIMEOUT).facts
    assert facts["seconds"] < MUCH
    assert answered(facts)["error"] is not None


@must("CLIENT-4a", kills=("client_cancelled_calls_go_on", "client_cancelled_calls_end_the_session"))
@pytest.mark.parametrize("name", ["httpx", "aiohttp"])
def test_a_cancelled_call_closes_its_connection_and_leaves_the_client(target: Target, name: str) -> None:
    clients = Clients(target, ClientLibrary(name, "async"))

    def script(request: Request) -> Reply:
        return STALLS if request.path == "/slow" else reply({"open": server.open})

    with clients.peer(script) as server:
        calls = [call("cancel", 0.5, "get", ["slow"]), call("look", f"{server.origin}/state"), call("get", "last")]
        begin = [call("enter"), call("get", "first")]  # which loads the library, so that the next is sent in time
        told = clients.called(SCENARIO, "failures", server.origin, *begin, *calls, call("leave"))
    *_, cancelled, look, last, _ = told.facts
    assert "builtins.TimeoutError" in raised(cancelled)["types"]
    assert (look["open"], answered(last)["status"]) == (0, 200)
    assert [request.path for request in server.requests if request.path != "/state"] == ["/first", "/slow", "/last"]


@must("CLIENT-4", kills="client_timeout_of_each_request")
def test_what_a_hook_sends_after_the_timeout_is_a_timeout(clients: Clients) -> None:
    with clients.peer(in_turn(STALLS, reply(0))) as server:
        settings = {"how": "request", "word": word()}
        told = clients.called(
            "client_hooks", "mending", server.origin, call("typed", "x"), settings=settings, default_timeout=TIMEOUT
        )
    assert "builtins.TimeoutError" in raised(told.facts[0])["types"]
    assert told.facts[0]["seconds"] < MUCH
