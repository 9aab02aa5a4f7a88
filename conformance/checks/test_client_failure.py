"""CLIENT: requests that get no answer, in each of the ways in which servers fail, and how long a call waits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from conformance.checks.client_probe import Call, Clients, Told, answered, call, raised, sent
from conformance.checks.random_values import word
from conformance.contract.check import must
from conformance.services import peer_replies
from conformance.services.peer import Peer, Request, Script, by_path, refusing, unreachable
from conformance.services.peer_replies import CLOSES, RESETS, STALLS, Reply, reply

SCENARIO = "client_failures"
TIMEOUT = 0.4  # seconds, of calls to peers that take much longer
MUCH = 3.0  # seconds that such a call takes at most, on a busy machine

ABORTS: Mapping[str, Reply] = {
    "/closes": CLOSES,
    "/resets": RESETS,
    "/short": peer_replies.short(7),
    "/chunk": peer_replies.bad_chunk(7),
}


def causes(facts: Any) -> list[str]:
    """The classes of the `error` of a Response; empty where it is no exception."""
    error = answered(facts)["error"]
    return list(error["types"]) if isinstance(error, dict) and "types" in error else []


def aborting(clients: Clients) -> Peer:
    """A peer that aborts, in another way by each path."""
    return clients.peer(lambda request: ABORTS[request.path.removesuffix("/fault")])


@must("CLIENT-2a", kills=("client_aborts_are_raised", "client_error_is_a_text"))
@pytest.mark.parametrize("fault", ["refused", *ABORTS])
def test_without_an_answer_there_is_a_response_whose_error_is_the_cause(clients: Clients, fault: str) -> None:
    with aborting(clients) as server:
        base = refusing(server.host) if fault == "refused" else f"{server.origin}{fault}"
        told = clients.called(
            SCENARIO, "failures", base, call("plain"), call("bare"), call("either"), call("get", "fault")
        )
    for facts in told.facts:
        assert (answered(facts)["classes"][0], facts["status"]) == ("Response", 503)
        assert "builtins.Exception" in causes(facts)


@must("CLIENT-2a", kills=("client_aborts_are_never_raised", "client_fail_silently_raises_aborts"))
@pytest.mark.parametrize("fault", ["refused", *ABORTS])
def test_it_is_raised_where_a_template_alone_is_annotated(clients: Clients, fault: str) -> None:
    with aborting(clients) as server:
        base = refusing(server.host) if fault == "refused" else f"{server.origin}{fault}"
        loud = clients.called(SCENARIO, "failures", base, call("typed"))
        silent = clients.called(SCENARIO, "failures", base, call("typed"), fail_silently=True)
    assert raised(loud.facts[0])["types"] != []
    assert answered(silent.facts[0])["status"] == 503
    assert "builtins.Exception" in causes(silent.facts[0])


def timed(clients: Clients, script: Script, *calls: Call, **options: Any) -> Told:
    """What came of calls at once to a peer of this script."""
    with clients.peer(script) as server:
        return clients.called(SCENARIO, "failures", server.origin, *calls, at_once=True, **options)


@must("CLIENT-3", kills="client_timeouts_are_aborts")
def test_the_error_of_a_timeout_is_a_timeout_error(clients: Clients) -> None:
    script = by_path({"/head": STALLS, "/body": peer_replies.stalls_in_the_body({"text": word()}), "/fault": STALLS})
    calls = [call("get", path) for path in ("head", "body")]
    *told, loud = timed(clients, script, *calls, call("typed"), default_timeout=TIMEOUT).facts
    for facts in told:
        assert "builtins.TimeoutError" in causes(facts)
    assert "builtins.TimeoutError" in raised(loud)["types"]


@must("CLIENT-3", kills="client_aborts_are_timeouts")
def test_the_error_of_another_abort_is_none(clients: Clients) -> None:
    with aborting(clients) as server:
        facts = clients.called(SCENARIO, "failures", server.origin, *(call("get", path) for path in ABORTS)).facts
        facts += clients.called(SCENARIO, "failures", refusing(server.host), call("plain")).facts
    assert ["builtins.TimeoutError" in causes(each) for each in facts] == [False] * len(facts)


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
    options = {"default_timeout": TIMEOUT, "allow_redirects": True}
    with clients.peer(script) as server, unreachable(server.host) as nowhere:
        calls.append(call("get", f"{nowhere}/path"))
        told = clients.called(SCENARIO, "failures", server.origin, *calls, at_once=True, **options)
    late = [place for place, facts in enumerate(told.facts) if facts["seconds"] >= MUCH]
    assert late == []
    assert [answered(facts)["error"] is not None for facts in told.facts] == [True] * len(calls)


@must("CLIENT-5", kills="client_aborted_requests_sent_again")
@pytest.mark.parametrize("fault", ["closes", "resets"])
def test_a_request_without_an_answer_is_sent_once(clients: Clients, fault: str) -> None:
    with clients.peer(lambda request: CLOSES if fault == "closes" else RESETS) as server:
        calls = [call("get", "a"), call("plain"), call("posted", 0), call("put", "b", data={}), call("delete", "c")]
        clients.called(SCENARIO, "failures", server.origin, *calls)
    assert sent(server) == [("GET", "/a"), ("GET", "/fault"), ("POST", "/fault?n=0"), ("PUT", "/b"), ("DELETE", "/c")]


@must("CLIENT-5", kills="client_aiohttp_sends_again")
@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_a_request_on_a_kept_connection_that_is_closed_is_sent_once(clients: Clients, method: str) -> None:
    def script(request: Request) -> Reply:
        return CLOSES if request.path == "/closes" else reply({})

    with clients.peer(script) as server:
        calls = [call("enter"), call("get", "kept"), call(method, "closes"), call("get", "last"), call("leave")]
        told = clients.called(SCENARIO, "failures", server.origin, *calls)
    assert [facts.get("status") for facts in told.facts[1:4]] == [200, 503, 200]
    assert [target for _, target in sent(server)] == ["/kept", "/closes", "/last"]


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
