"""CLIENT: clients made of API classes (client_of_api.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from conformance.checks.client_probe import Clients, answered, call, content, normalized, raised, results, sent
from conformance.checks.random_values import number, word
from conformance.contract.check import must
from conformance.services.peer import Request
from conformance.services.peer_replies import Reply, reply
from conformance.target.target import Target

SCENARIO = "client_of_api"


def answer(request: Request, pet: Mapping[str, Any], items: Sequence[int]) -> Reply:
    """Reply as the API would."""
    match request.method, request.target.partition("?")[0].rpartition("/api")[2].split("/")[1:]:
        case "GET", ["pet", _]:
            return reply(pet)
        case "GET", _:
            return reply({"data": items})
        case "POST", _:
            return reply({"id": 0})
        case "PUT", _:
            return reply({"error": 0}, 404)
        case _:
            return reply(False)


@must("CLIENT-16a", kills=("client_of_api_without_aliases", "client_of_api_without_class_parameters"))
def test_arguments_are_sent_where_the_endpoints_take_them(clients: Clients) -> None:
    identifier, text, name, owner = number(), f"{word()} ä&=?", word(), word()
    data = {"name": "", "age": 0, "tags": [text, ""], "owner": {"name": name, "pets": 0}}
    with clients.peer(lambda request: answer(request, {"name": ""}, [])) as server:
        told = clients.called(
            SCENARIO,
            "pets",
            f"{server.origin}/api",
            call("pet", identifier, size=0, sort_by=text, token="0", session=name),
            call("pet", identifier, size=None),
            call("add", data=data),
            call("named", name="", age=0),
            call("stock.item", 0, owner=owner, area=name),
        )
    assert [answered(facts)["status"] for facts in told.facts] == [200, 200, 200, 404, 200]
    full, bare, body, fields, mounted = server.requests
    assert sent(server) == [
        ("GET", normalized(full.target)),
        ("GET", f"/api/pet/{identifier}"),
        ("POST", "/api/pet"),
        ("PUT", "/api/pet"),
        ("GET", f"/api/of/{owner}/stock/item/0?page=1"),
    ]
    assert sorted(full.query) == sorted([("size", "0"), ("sort-by", text)])
    assert (full.values("x-token"), full.cookies) == (["0"], {"sid": name})
    assert (bare.values("x-token"), bare.cookies) == ([], {})
    assert (content(body), content(fields)) == (data, {"full-name": "", "age": 0})
    assert mounted.values("x-area") == [name]


@must("CLIENT-16a", kills=("client_of_api_results_as_they_are", "client_of_api_without_class_templates"))
def test_results_are_as_the_endpoints_are_annotated(clients: Clients) -> None:
    name, size = word(), number()
    pet = {"name": name, "age": 0, "tags": [], "owner": {"name": "", "pets": size}}

    with clients.peer(lambda request: answer(request, pet, [0, size])) as server:
        told = clients.called(
            SCENARIO,
            "pets",
            server.origin,
            call("pet", 0),
            call("named", name=name),
            call("stock.item", 0, owner=name),
            call("made", size=size),
        )
    found, missing, listed, made = results(told)
    assert found == {"class": "Pet", **pet, "owner": {"class": "Owner", "name": "", "pets": size}}
    assert "Missing" in told.facts[1]["classes"]
    assert missing == {"error": 0}
    assert (listed, made) == ([0, size], False)


@must("CLIENT-16b", kills=("client_of_api_runs_bodies", "client_of_api_runs_hooks", "client_of_api_runs_factories"))
def test_nothing_of_the_api_class_runs(clients: Clients) -> None:
    with clients.peer(lambda request: reply([])) as server:
        told = clients.called(
            SCENARIO, "pets", server.origin, call("made"), call("add", data={"name": word()}), call("pet", word())
        )
    assert told.journal == []
    assert sent(server) == [("PATCH", "/made"), ("POST", "/pet")]


@must("CLIENT-16b", kills="client_of_api_with_what_is_private")
def test_what_is_private_has_no_request_function(clients: Clients) -> None:
    with clients.peer() as server:
        told = clients.called(SCENARIO, "pets", server.origin, call("secret"), call("hidden.inner"))
    assert [raised(facts)["types"][0] for facts in told.facts] == ["builtins.AttributeError"] * 2
    assert sent(server) == []


@must("CLIENT-16c", kills="client_of_api_with_other_names")
def test_an_underscore_follows_names_that_a_client_has(clients: Clients) -> None:
    owner = word()
    with clients.peer(lambda request: reply({"data": 0})) as server:
        told = clients.called(
            SCENARIO, "pets", server.origin, call("stock.get_", owner=owner), call("stock.delete_", owner=owner)
        )
    assert [answered(facts)["result"] for facts in told.facts] == [0, 0]
    assert sent(server) == [("GET", f"/of/{owner}/stock"), ("DELETE", f"/of/{owner}/stock")]


@must("CLIENT-16c", kills=("client_of_api_awaited_as_endpoints", "client_of_api_never_awaited"))
def test_functions_are_awaited_as_endpoints_are_or_as_is_asked(target: Target) -> None:
    told = target.probe(SCENARIO, "styles").value
    both = [{"plain": awaited, "awaited": awaited} for awaited in (True, False)]
    assert told == [{"plain": False, "awaited": True}, *both]
