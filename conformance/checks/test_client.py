"""CLIENT: request functions are sent as they are declared, by each library and in each style (client_requests.py)."""

from __future__ import annotations

import pytest

from conformance.checks.client_probe import Clients, answered, call, called_by, content, raised, senders, sent, targets
from conformance.checks.random_values import number, word
from conformance.contract.check import must
from conformance.contract.client_library import ClientLibrary
from conformance.services.peer_replies import late, reply
from conformance.target.target import Target

SCENARIO = "client_requests"


@must("CLIENT-1", kills=("client_without_requests", "client_aiohttp_without_a_body"))
def test_one_class_works_over_each_library(clients: Clients) -> None:
    identifier, name = number(), word()
    with clients.peer() as server:
        told = clients.called(
            SCENARIO,
            "pets",
            server.origin,
            call("pet", identifier, size=0),
            call("add", {"name": name, "age": 0, "tags": [], "owner": None}),
            call("remove", 0),
        )
    assert [answered(facts)["status"] for facts in told.facts] == [200, 200, 200]
    assert sent(server) == [("GET", f"/pet/{identifier}?size=0"), ("POST", "/pet"), ("DELETE", "/pet/0")]
    assert content(server.requests[1]) == {"name": name, "age": 0, "tags": [], "owner": None}
    assert targets(told) == [target for _, target in sent(server)]


SLOW = 0.5  # seconds of an answer that a loop must not wait for


@must("CLIENT-1b", kills=("client_blocks_the_loop", "client_awaited_by_urllib_refused_too_late"))
def test_a_library_that_calls_is_awaited_off_the_event_loop(target: Target) -> None:
    with Clients(target).peer(lambda request: late(reply({"target": request.target}), SLOW)) as server:
        told = called_by(target, "client_libraries", "awaited", base=server.origin)
    if answers := [facts.get("data") for facts in told["facts"] if "raised" not in facts]:
        assert answers == [{"target": f"/slow?n={n}"} for n in (0, 1)] * (len(answers) // 2)
        assert told["gap"] < SLOW / 2
    assert len(server.requests) == len(answers)


@must("CLIENT-1b", kills="client_called_by_aiohttp_refused_too_late")
def test_a_library_that_is_awaited_is_called_or_refused_before_anything_is_sent(target: Target) -> None:
    with Clients(target).peer() as server:
        told = called_by(target, "client_libraries", "plainly", base=server.origin)
    answers = [facts.get("data") for facts in told["facts"] if "raised" not in facts]
    sent_to = [{"method": "GET", "target": f"/quick?n={n}", "body": ""} for n in (0, 1)]
    assert answers in ([], sent_to), told
    assert len(server.requests) == len(answers)


@must("CLIENT-g1", kills="client_every_method_is_get")
def test_a_function_without_a_body_sends_the_request_that_it_declares(clients: Clients) -> None:
    identifier, data = number(), {"name": word(), "age": 0, "note": "", "tags": []}
    with clients.peer() as server:
        told = clients.called(
            SCENARIO,
            "pets",
            server.origin,
            call("status"),
            call("add", data=data),
            call("replace", identifier, data),
            call("change", id=identifier, data={}),
            call("remove", identifier),
        )
    path = f"/pet/{identifier}"
    declared = [("GET", "/status"), ("POST", "/pet"), ("PUT", path), ("PATCH", path), ("DELETE", path)]
    assert sent(server) == declared
    assert [content(request) for request in server.requests[1:4]] == [data, data, {}]
    assert targets(told) == [target for _, target in declared]


@must("CLIENT-g2", kills=("client_base_url_without_its_path", "client_path_without_the_name"))
@pytest.mark.parametrize("base", ["", "/v1/deep", "/v1/"], ids=["origin", "path", "slash"])
def test_the_url_is_the_base_url_and_then_the_name_or_the_template(clients: Clients, base: str) -> None:
    identifier = number()
    with clients.peer() as server:
        clients.called(SCENARIO, "pets", f"{server.origin}{base}", call("status"), call("pet", identifier, size=2))
    root = base.rstrip("/")
    assert sent(server) == [("GET", f"{root}/status"), ("GET", f"{root}/pet/{identifier}?size=2")]


@must(
    "CLIENT-g2",
    kills=(
        "client_header_parameters_in_the_query",
        "client_aliases_ignored",
        "client_default_factories_once",
    ),
)
def test_parameters_are_sent_where_an_api_reads_them(clients: Clients) -> None:
    text, token, name = f"{word()} ä&=?#%+", word(), word()
    with clients.peer() as server:
        told = clients.called(
            SCENARIO,
            "parameters",
            server.origin,
            call("found", tag=text, limit=0, sort_by=name, token=token, session=name),
            call("found", tag="", token="0"),
            call("named", name=name, age=0),
            call("listed"),
            call("listed"),
        )
    assert [answered(facts)["status"] for facts in told.facts] == [200] * 5
    full, empty, body, first, second = server.requests
    assert second.query == first.query
    assert sorted(full.query) == sorted([("tag", text), ("limit", "0"), ("sort-by", name)])
    assert (full.values("x-token"), full.cookies) == ([token], {"sid": name})
    assert ([pair for pair in empty.query if pair[0] == "tag"], empty.values("x-token")) == ([("tag", "")], ["0"])
    assert content(body) == {"name": name, "age": 0}


@must("CLIENT-g2", kills="client_arguments_not_checked")
def test_arguments_are_checked_before_anything_is_sent(clients: Clients) -> None:
    with clients.peer() as server:
        told = clients.called(
            SCENARIO,
            "pets",
            server.origin,
            call("pet", word()),
            call("pet", 1, size=word()),
            call("pet"),
            call("add", data=[word()]),
        )
    assert [raised(facts)["message"] != "" for facts in told.facts] == [True] * 4
    assert sent(server) == []


@must(
    "CLIENT-g3",
    kills=(
        "client_urls_below_the_base_url",
        "client_built_in_urls_below_the_base_url",
        "client_full_urls_of_mounts_below_the_route",
    ),
)
def test_a_full_url_takes_the_place_of_the_base_url(clients: Clients) -> None:
    identifier, text = number(), word()
    with clients.peer() as server, clients.peer() as other:
        clients.called(
            SCENARIO,
            "elsewhere",
            f"{server.origin}/base",
            call("there", identifier, q=text),
            call("here"),
            call("get", f"{other.origin}/path/{text}", query={"n": 0}),
            call("post", "path", data={}),
            call("below.there"),
            settings={"other": f"{other.origin}/own"},
        )
    assert sent(other) == [
        ("GET", f"/own/there/{identifier}?q={text}"),
        ("GET", f"/path/{text}?n=0"),
        ("GET", "/own/mounted"),
    ]
    assert sent(server) == [("GET", "/base/here"), ("POST", "/base/path")]


@must("CLIENT-g4", kills="client_async_functions_called_plainly")
@pytest.mark.parametrize("name", ["httpx", "aiohttp"])
def test_functions_that_are_awaited_are_sent(target: Target, name: str) -> None:
    clients, identifiers = Clients(target, ClientLibrary(name, "async")), [0, number()]
    with clients.peer() as server:
        told = clients.called(SCENARIO, "pets", server.origin, *(call("pet", each, size=0) for each in identifiers))
    assert targets(told) == [f"/pet/{each}?size=0" for each in identifiers]


@must("CLIENT-g5", kills=("client_backend_ignored", "client_backend_by_name_alone"))
@pytest.mark.parametrize("form", ["name", "module"])
def test_the_library_is_named_or_given_as_its_module(clients: Clients, form: str) -> None:
    name = clients.library.name
    assert senders(clients, backend=name if form == "name" else {"$module": name}) == [name]


@must("CLIENT-g6", kills="client_default_is_requests")
def test_without_a_name_it_is_urllib(target: Target) -> None:
    assert senders(Clients(target, ClientLibrary("urllib", "sync"))) == ["urllib"]


@must("CLIENT-g6", kills="client_preferred_library_ignored")
def test_without_a_name_it_is_the_one_that_is_preferred(clients: Clients) -> None:
    name = clients.library.name
    assert senders(clients, preferences={"client_default_request_backend": name}) == [name]


@must("CLIENT-1c", kills=("client_requests_on_the_client", "client_answers_on_the_client"))
def test_calls_at_once_have_each_their_own_request_and_answer(clients: Clients) -> None:
    identifiers = [number() for _ in range(6)]
    calls = [call("pet", each) for each in identifiers] + [call("get", f"built/{each}") for each in identifiers]
    with clients.peer(lambda request: late(reply({"target": request.target}), 0.1)) as server:
        told = clients.called(SCENARIO, "pets", server.origin, *calls, at_once=True, shared=True)
    paths = [f"/{kind}/{each}" for kind in ("pet", "built") for each in identifiers]
    assert [str(target).partition("?")[0] for target in targets(told)] == paths
    assert [facts["request"]["url"].partition("?")[0] for facts in told.facts] == [
        server.origin + path for path in paths
    ]


@must("CLIENT-g3", kills=("client_schemes_by_case", "client_declared_schemes_by_case"))
def test_a_full_url_has_its_scheme_in_any_case(clients: Clients) -> None:
    with clients.peer() as server, clients.peer() as other:
        calls = [
            call("loud"),
            call("get", f"HTTP{other.origin[4:]}/built"),
            call("get", f"Http{other.origin[4:]}/again"),
        ]
        clients.called(SCENARIO, "elsewhere", server.origin, *calls, settings={"other": other.origin})
    assert [target for _, target in sent(other)] == ["/loud", "/built", "/again"]
    assert sent(server) == []
