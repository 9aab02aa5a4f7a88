"""CLIENT: requests that are sent again by the plugin Retry (client_retry.py)."""

from __future__ import annotations

import time
from collections import Counter
from email.utils import formatdate
from typing import Any

from conformance.checks.client_probe import Clients, Told, answered, call, content
from conformance.checks.random_values import number, word
from conformance.contract.check import must
from conformance.contract.client_library import ClientLibrary
from conformance.services.peer import Peer, Script, by_path, in_turn
from conformance.services.peer_replies import CLOSES, RESETS, STALLS, reply
from conformance.target.target import Target

SCENARIO = "client_retry"
LATER = reply({}, 503)
SOON = {"backoff": 0.01}


def by_turns(**replies: Any) -> Script:
    """A script that answers each path by its replies in turn."""
    return by_path({f"/{name}": in_turn(*each) for name, each in replies.items()})


def tried(clients: Clients, server: Peer, client: str, *calls: Any, retry: dict[str, Any], **options: Any) -> Told:
    """What came of calls of a client with these options of Retry."""
    settings = {"retry": {**SOON, **retry}, "word": options.pop("word", "")}
    return clients.called(SCENARIO, client, server.origin, *calls, settings=settings, **options)


def counted(server: Peer) -> dict[str, int]:
    """How many requests came for each path."""
    return dict(Counter(request.path.removeprefix("/") for request in server.requests))


@must(
    "CLIENT-17a",
    kills=("client_tries_one_more", "client_aborts_not_tried_again", "client_statuses_not_tried_again"),
)
def test_a_request_without_an_answer_or_with_a_later_one_is_sent_again(clients: Clients) -> None:
    text = word()
    good = reply({"text": text})
    script = by_turns(
        s429=(reply({}, 429), good),
        s502=(reply({}, 502), reply({}, 504), good),
        closes=(CLOSES, RESETS, good),
        always=(LATER,),
        aborts=(CLOSES,),
        error=(reply({}, 500), good),
        missing=(reply({}, 404), good),
        good=(good,),
    )
    paths = ("s429", "s502", "closes", "always", "aborts", "error", "missing", "good")
    with clients.peer(script) as server:
        told = tried(clients, server, "retried", *(call("asked", path) for path in paths), retry={})
    assert [answered(facts)["status"] for facts in told.facts] == [200, 200, 200, 503, 503, 500, 404, 200]
    assert [facts["error"] is not None for facts in told.facts].index(True) == paths.index("aborts")
    assert counted(server) == dict(
        zip(paths, (2, 3, 3, 3, 3, 1, 1, 1), strict=True),
    )


@must("CLIENT-17a", kills=("client_retry_of_a_function_ignored", "client_try_timeout_ignored"))
def test_tries_statuses_and_the_time_of_a_try_are_those_of_the_plugin(clients: Clients) -> None:
    script = by_turns(
        teapot=(reply({}, 418),),
        later=(LATER, reply({})),
        stalls=(STALLS, reply({})),
        other=(reply({}, 418), reply({})),
    )
    calls = [call("again", path) for path in ("teapot", "later", "stalls")]
    with clients.peer(script) as server:
        told = tried(
            clients,
            server,
            "functions",
            *calls,
            call("once", "other"),
            retry={"tries": 2, "statuses": [418], "try_timeout": 0.3},
            default_timeout=9,
        )
    assert [answered(facts)["status"] for facts in told.facts] == [418, 503, 200, 418]
    assert counted(server) == {"teapot": 2, "later": 1, "stalls": 2, "other": 1}


@must("CLIENT-17b", kills=("client_posts_tried_again", "client_methods_of_retry_ignored"))
def test_what_is_not_safe_is_sent_once(clients: Clients) -> None:
    methods = ("get", "put", "delete", "post", "patch")
    calls = [call(method, method, **({} if method in ("get", "delete") else {"data": {}})) for method in methods]
    for options, expected in (({}, [2, 2, 2, 1, 1]), ({"methods": ["POST", "GET"]}, [2, 1, 1, 2, 1])):
        with clients.peer(lambda request: CLOSES) as server:
            tried(clients, server, "retried", *calls, retry={"tries": 2, **options})
        assert counted(server) == dict(zip(methods, expected, strict=True))


@must("CLIENT-17b", kills=("client_posts_with_a_key_sent_once", "client_key_of_each_try"))
def test_a_key_makes_any_method_safe(clients: Clients) -> None:
    data = [{"n": 0, "text": word()}, {"n": number(), "text": ""}]
    with clients.peer(lambda request: LATER) as server:
        tried(
            clients, server, "retried", *(call("posted", "a", each) for each in data), retry={"idempotency_key": True}
        )
    assert [(request.method, content(request)) for request in server.requests] == [
        ("POST", each) for each in data for _ in range(3)
    ]
    keys = [request.values("idempotency-key") for request in server.requests]
    assert [len(each) for each in keys] == [1] * 6
    assert (keys[:3], keys[3:]) == ([keys[0]] * 3, [keys[3]] * 3)
    assert keys[0] != keys[3]


@must("CLIENT-17c", kills=("client_timeout_of_each_try", "client_retry_after_ignored", "client_retry_after_too_late"))
def test_the_timeout_of_a_call_is_for_all_tries_and_waits(clients: Clients) -> None:
    def script(request: Any) -> Any:
        late = {"date": formatdate(time.time() + 3600, usegmt=True), "seconds": "30"}
        name = request.path.removeprefix("/")
        if name == "stalls":
            return STALLS
        first = len(server.at(request.path)) == 1
        return reply({}, 503, [("Retry-After", late.get(name, "0"))]) if first else reply({})

    paths = ("date", "seconds", "now", "at-once", "soon", "directly")
    with clients.peer(script) as server:
        calls = [call("asked", path) for path in paths]
        told = tried(clients, server, "retried", *calls, retry={"backoff": 60}, default_timeout=9)
        retry = {"tries": 20, "try_timeout": 0.3, "backoff": 0}
        (stalled,) = tried(clients, server, "retried", call("asked", "stalls"), retry=retry, default_timeout=1.2).facts
    assert [answered(facts)["status"] for facts in told.facts] == [503, 503, 200, 200, 200, 200]
    assert "builtins.TimeoutError" in answered(stalled)["error"]["types"]
    assert [facts["seconds"] < 4 for facts in (*told.facts, stalled)] == [True] * 7
    asked = counted(server)
    assert [asked[name] for name in paths] == [1, 1, 2, 2, 2, 2]
    assert asked["stalls"] > 1


CALLS = 16  # at once; each waits a random part of WAIT
WAIT = 0.4


@must("CLIENT-17c", kills="client_retries_block_the_loop")
def test_waiting_leaves_the_event_loop_free(target: Target) -> None:
    clients = Clients(target, ClientLibrary("aiohttp", "async"))
    paths = [f"n{place}" for place in range(CALLS)]
    with clients.peer(by_turns(**{path: (LATER, reply({})) for path in paths})) as server:
        told = tried(
            clients,
            server,
            "retried",
            *(call("asked", path) for path in paths),
            retry={"backoff": WAIT},
            at_once=True,
        )
    assert [answered(facts)["status"] for facts in told.facts] == [200] * CALLS
    assert max(facts["seconds"] for facts in told.facts) < CALLS * WAIT / 5


@must("CLIENT-17d", kills=("client_hooks_before_each_try", "client_hooks_after_the_first_try"))
def test_hooks_run_once_for_all_tries(clients: Clients) -> None:
    text = word()
    with clients.peer(by_turns(later=(LATER, LATER, reply({})), aborts=(CLOSES,))) as server:
        told = tried(
            clients, server, "hooked", *(call("asked", path) for path in ("later", "aborts")), retry={}, word=text
        )
    before = ["before", "process_request"]
    assert list(told.journal) == [*before, ["process_response", 200], ["after", 200], *before, "handle"]
    assert [request.values("x-signed") for request in server.requests] == [[text]] * 6


WRONG: list[dict[str, Any]] = [
    {"tries": 0},
    {"tries": "3"},
    {"statuses": "503"},
    {"methods": "GET"},
    {"try_timeout": 0},
    {"backoff": -1},
    {"idempotency_key": "key"},
]


@must("CLIENT-17e", kills=("client_no_tries_taken", "client_methods_as_a_text_taken"))
def test_a_wrong_option_is_an_error_that_names_it(target: Target) -> None:
    told = target.probe(SCENARIO, "mistakes", options=[*WRONG, {"tries": 1}]).value
    named = [
        found is not None and next(iter(each)) in found["message"] for each, found in zip(WRONG, told, strict=False)
    ]
    assert named == [True] * len(WRONG)
    assert told[-1] is None
