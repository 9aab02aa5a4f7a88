"""CLIENT: hooks around the requests of a client (client_hooks.py)."""

from __future__ import annotations

from typing import Any

from conformance.checks.client_probe import Call, Clients, answered, call, raised, results, sent
from conformance.checks.random_values import word
from conformance.contract.check import must
from conformance.services.peer import Peer, by_path, in_turn
from conformance.services.peer_replies import CLOSES, reply

SCENARIO = "client_hooks"


def hooked(clients: Clients, client: str, server: Peer, *calls: Call, **settings: Any) -> Any:
    """What came of calls of a client with hooks; `settings` are read by these."""
    return clients.called(SCENARIO, client, server.origin, *calls, settings=settings)


@must("CLIENT-g19", kills="client_process_request_not_called")
def test_process_request_may_change_each_request(clients: Clients) -> None:
    text = word()
    calls = [call("shown"), call("shown", 0), call("post", "built", data={})]
    with clients.peer() as server:
        told = hooked(clients, "processing", server, *calls, word=text)
    assert [answered(facts)["status"] for facts in told.facts] == [200] * 3
    assert [request.values("x-signed") for request in server.requests] == [[text]] * 3


@must("CLIENT-g19", kills="client_responses_of_process_request_ignored")
def test_a_response_of_process_request_is_the_answer_and_nothing_is_sent(clients: Clients) -> None:
    text = word()
    with clients.peer() as server:
        told = hooked(clients, "answering", server, call("worded", text), call("get", text), call("shown"), word=text)
    *given, asked = told.facts
    assert [(answered(facts)["status"], facts["result"]) for facts in given] == [(202, {"word": text, "n": 0})] * 2
    assert answered(asked)["status"] == 200
    assert [request.path for request in server.requests] == ["/shown"]


@must("CLIENT-g20", kills="client_process_response_not_called")
def test_process_response_may_change_each_response(clients: Clients) -> None:
    text = word()
    with clients.peer() as server:
        told = hooked(clients, "changing", server, call("shown"), call("shown", 0), call("get", "built"), word=text)
    assert results(told) == [[text, 0, None]] * 3


@must("CLIENT-g20", kills="client_requests_of_process_response_ignored")
def test_a_request_of_process_response_is_sent(clients: Clients) -> None:
    text = word()
    with clients.peer(in_turn(reply({"n": 0}, 401), reply({"n": 1}))) as server:
        told = hooked(clients, "again", server, call("guarded"), call("guarded"), word=text)
    assert [(answered(facts)["status"], facts["data"]) for facts in told.facts] == [(200, {"n": 1})] * 2
    assert [request.values("x-token") for request in server.requests] == [[], [text], []]


MISMATCH = reply({"no": "number"})


@must("CLIENT-g21", kills=("client_handle_error_not_called", "client_responses_of_handle_error_ignored"))
def test_a_response_of_handle_error_is_the_answer(clients: Clients) -> None:
    text = word()
    with clients.peer(lambda request: MISMATCH) as server:
        told = hooked(clients, "mending", server, call("typed", "x"), call("typed", "x"), word=text, how="response")
    assert [(answered(facts)["status"], facts["result"]) for facts in told.facts] == [(203, text)] * 2
    assert told.journal == ["handle_error"] * 2


@must("CLIENT-g21", kills="client_requests_of_handle_error_ignored")
def test_a_request_of_handle_error_is_sent(clients: Clients) -> None:
    text = word()
    with clients.peer(in_turn(MISMATCH, reply(0))) as server:
        told = hooked(clients, "mending", server, call("typed", "x"), word=text, how="request")
    assert results(told) == [0]
    assert [request.values("x-again") for request in server.requests] == [[], [text]]


@must("CLIENT-g21", kills=("client_errors_are_never_raised", "client_false_of_handle_error_is_the_answer"))
def test_an_error_that_is_not_handled_is_raised(clients: Clients) -> None:
    values: list[Any] = [None, False, 0, "", []]
    calls = [call("typed", "x") for _ in values]
    with clients.peer(lambda request: MISMATCH) as server:
        told = hooked(clients, "mending", server, *calls, word=word(), how="values", values=values)
    assert [raised(facts)["message"] != "" for facts in told.facts] == [True] * len(calls)
    assert told.journal == ["handle_error"] * len(calls)
    assert len(server.requests) == len(calls)


@must("CLIENT-g22", kills=("client_hooks_of_every_function", "client_after_hooks_not_called"))
def test_a_hook_of_a_function_is_for_that_function_alone(clients: Clients) -> None:
    text = word()
    with clients.peer(by_path({"/one": reply(0, 201), "/two": reply(""), "/three": MISMATCH})) as server:
        calls = [call("two", 0), call("one", 0), call("three"), call("one"), call("get", "one")]
        told = hooked(clients, "around", server, *calls, word=text)
    assert told.journal == ["before", ["after", 201], "handle", "before", ["after", 201]]
    assert [request.values("x-signed") for request in server.requests] == [[], [text], [], [text], []]


ORDER = ["before", "process_request", "process_response", "after"]


@must("CLIENT-g23", kills=("client_process_request_first", "client_after_hooks_before_process_response"))
def test_hooks_and_the_request_come_in_their_order(clients: Clients) -> None:
    with clients.peer(lambda request: reply(0)) as server:
        told = hooked(clients, "ordered", server, call("one"), call("one"), word=word(), raises=[])
    assert told.journal == ORDER * 2
    assert results(told) == [0, 0]


@must("CLIENT-g23", kills=("client_errors_of_hooks_not_handled", "client_errors_of_after_hooks_not_handled"))
def test_handle_hooks_see_the_errors_of_each_part(clients: Clients) -> None:
    text = word()
    places = [*ORDER, "the request"]
    # The first two send nothing, the next two are answered.
    with clients.peer(in_turn(reply(0), reply(0), CLOSES)) as server:
        told = hooked(clients, "ordered", server, *(call("one") for _ in places), word=text, raises=places)
    handled = ["handle", "Broken", True]
    journal = [each for end in (1, 2, 3, 4) for each in (*ORDER[:end], handled)]
    assert told.journal[: len(journal)] == journal
    left = told.journal[len(journal) :]
    assert (left[:2], [each[0] for each in left[-1:]]) == (ORDER[:2], ["handle"])
    assert sent(server) == [("GET", "/one")] * 3


@must("CLIENT-g23", kills="client_second_errors_not_handled")
def test_handle_hooks_see_the_error_of_a_request_that_was_sent_after_another_error(clients: Clients) -> None:
    with clients.peer(in_turn(MISMATCH, CLOSES, reply(0))) as server:
        told = hooked(clients, "mending", server, call("watched", "x"), word=word(), how="twice")
    assert [each for each in told.journal if each == "handle"] == ["handle"] * 2
    assert results(told) == [0]


@must("CLIENT-20", kills=("client_after_hooks_never_replace", "client_after_hooks_of_none_replace"))
def test_what_an_after_hook_returns_takes_the_place_of_the_response(clients: Clients) -> None:
    text, values = word(), [word(), 0, False, []]
    calls = [call("four"), *(call("four") for _ in values), call("five")]
    with clients.peer(lambda request: reply(7, 201)) as server:
        told = hooked(clients, "around", server, *calls, word=text, values=[None, *values])
    kept, *replaced, made = told.facts
    assert (answered(kept)["status"], kept["result"]) == (201, 7)
    assert [repr(answered(facts)["value"]) for facts in replaced] == [repr(each) for each in values]
    assert (answered(made)["status"], made["result"]) == (202, [7, text])
