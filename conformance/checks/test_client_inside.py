"""CLIENT: calls inside the process, and test clients, on each backend and in both modes (client_inside_api.py)."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.checks.client_probe import Clients, answered, sent
from conformance.checks.random_values import number, word
from conformance.contract.check import must
from conformance.target.exchange import Exchange
from conformance.target.target import Target

SCENARIO = "client_inside"
PROBES = "client_in_tests"
STYLES = ("sync", "async")
OF_THE_SERVER = frozenset({"date", "server", "connection", "keep-alive", "transfer-encoding", "x-request-id"})
"""Headers that a server adds, and those that differ between any two answers."""

style = pytest.mark.parametrize("style", STYLES)


def lines(headers: Any) -> list[tuple[str, str]]:
    """Headers without those of the server, by their names in small letters."""
    found = ((name.lower(), value) for name, value in headers)
    return sorted((name, value) for name, value in found if name not in OF_THE_SERVER)


def content(answer: Exchange) -> Any:
    """The body of an answer: JSON parsed, else a text, None where there is none, without the id of the request."""
    if not answer.body:
        return None
    kinds = [value for name, value in answer.headers if name.lower() == "content-type"]
    return unnumbered(answer.json()) if "json" in "".join(kinds) else answer.body.decode()


def unnumbered(data: Any) -> Any:
    """The members of a body without those that name the request."""
    return {name: value for name, value in data.items() if "request" not in name} if isinstance(data, dict) else data


@must("CLIENT-15a", kills=("client_inside_without_the_query", "client_inside_heads_with_a_body"))
def test_a_call_inside_is_answered_as_over_the_network(target: Target) -> None:
    service = target.shared(SCENARIO)
    text = f"{word()} ä/%&"
    large = {"text": "x" * 200_000 + word()}
    asked: list[dict[str, Any]] = [
        {"method": "GET", "path": f"item/{number()}?name=%C3%A4%2F{word()}"},
        {"method": "GET", "path": "item/0", "headers": {"Cookie": f"seen={word()}"}},
        {"method": "HEAD", "path": f"item/{number()}"},
        {"method": "POST", "path": "add", "data": {"text": text}},
        {"method": "POST", "path": "add", "data": large},
        {"method": "GET", "path": "item/no-number"},
        {"method": "GET", "path": f"item/{word()}/none"},
        {"method": "PUT", "path": "add", "data": {"text": ""}},
        {"method": "OPTIONS", "path": "add"},
        {"method": "GET", "path": "failing"},
    ]
    for each in asked:
        inside = service.post("/api/through", json=each).json()
        headers = [(name, value) for name, value in each.get("headers", {}).items()]
        over = service.request(each["method"], f"/api/{each['path']}", headers=headers, json=each.get("data"))
        assert (inside["status"], inside["error"]) == (over.status, "None"), each["path"]
        assert unnumbered(inside["data"]) == content(over), each["path"]
        assert lines(inside["headers"]) == lines(over.headers), each["path"]


@must("CLIENT-15b", kills=("client_inside_in_the_callers_context", "client_inside_awaited_in_the_callers_context"))
def test_a_call_inside_has_a_request_and_context_variables_of_its_own(target: Target) -> None:
    service = target.shared(SCENARIO)
    outer, inner = word(), word()
    told = service.get(f"/api/nested/{outer}/{inner}").json()
    assert (told["inner"]["found"], told["passed"]) == ("nothing", outer)
    assert told["inner"]["url"].endswith(f"/api/found/{inner}")
    assert told["url"].endswith(f"/api/nested/{outer}/{inner}")


@must("CLIENT-15c", kills="client_inside_waits_for_itself")
def test_a_plain_call_on_the_event_loop_of_the_service_ends(target: Target) -> None:
    service = target.shared(SCENARIO)
    told = service.get(f"/api/plainly/{word()}").json()
    assert told.get("refused") or (told["found"] or {}).get("found") == "nothing"
    assert service.get("/api/item/0").status == 200


@must("CLIENT-15c", kills="client_inside_blocks_the_loop")
def test_an_awaited_call_leaves_the_event_loop_free(target: Target) -> None:
    told = target.probe(PROBES, "awaiting", timeout=5).value
    assert told["status"] == 200
    assert told["gap"] < 0.3


@must("CLIENT-15d", kills=("client_inside_timeout_ignored", "client_inside_awaited_timeout_ignored"))
def test_a_timeout_bounds_a_call_inside(target: Target) -> None:
    told = target.probe(PROBES, "awaiting", timeout=0.1).value
    assert [(each["status"], each["late"]) for each in told["short"]] == [(504, True)] * 2
    assert max(each["seconds"] for each in told["short"]) < 0.5


@must("CLIENT-15e", kills=("client_inside_without_a_service", "client_inside_without_a_service_is_404"))
def test_a_call_inside_without_a_service_is_an_error(target: Target) -> None:
    for facts in target.probe(PROBES, "without").value:
        assert "raised" in facts, facts


@must(
    "CLIENT-g28",
    kills=(
        "client_internal_over_the_network",
        "client_internal_of_the_given_service_alone",
        "client_service_without_its_route",
    ),
)
def test_service_is_a_base_url_and_internal_calls_its_routes(target: Target) -> None:
    called = word()
    with Clients(target).peer() as server:
        told = target.probe(PROBES, "clients", word=called, origin=server.origin).value
    kept(told, called, ("internal of the service", "internal"))
    assert all(answered(told[f"service {style}"])["status"] == 200 for style in STYLES)
    assert sent(server)[:2] == [("GET", f"/api/item/0?name={called}")] * 2


@must("CLIENT-g38", kills=("client_get_client_never_live", "client_get_client_always_live"))
def test_get_client_is_live_or_stays_inside(target: Target) -> None:
    called = word()
    with Clients(target).peer() as server:
        told = target.probe(PROBES, "clients", word=called, origin=server.origin).value
    kept(told, called, ("inside",))
    assert all(answered(told[f"live {style}"])["data"]["method"] == "GET" for style in STYLES)
    assert sent(server)[-2:] == [("GET", f"/api/item/0?name={called}")] * 2


def kept(told: Any, name: str, kinds: tuple[str, ...]) -> None:
    """Assert that calls of these clients were answered by the service itself, without a connection."""
    for kind in kinds:
        for each in STYLES:
            facts = answered(told[f"{kind} {each}"])
            assert facts["data"] == {"id": 0, "name": name, "seen": ""}, kind
            assert "socket.connect" not in facts["sockets"], kind


@must("CLIENT-14a", kills=("client_test_client_without_startup", "client_test_client_without_shutdown"))
@style
def test_hooks_run_around_the_body_of_a_test_client(target: Target, style: str) -> None:
    first, second = number(), number()
    paths = [f"item/{first}", f"item/{second}"]
    [told] = target.probe(PROBES, "lives", styles=[style], paths=paths, broken=[False]).value
    assert told["raised"] is None
    assert [answered(each)["data"]["id"] for each in told["answers"]] == [first, second]
    assert told["journal"] == ["startup", "begin", "body", "body", "shutdown"]


@must("CLIENT-14a", kills="client_test_client_not_ended_by_errors")
@style
def test_shutdown_hooks_run_where_the_body_of_a_test_client_raises(target: Target, style: str) -> None:
    [told] = target.probe(PROBES, "lives", styles=[style], paths=["item/0"], broken=[True]).value
    assert told["raised"]["types"][0].endswith("Broken")
    assert told["journal"] == ["startup", "begin", "body", "shutdown"]


@must("CLIENT-14b", kills=("client_test_client_once", "client_test_client_keeps_cookies"))
def test_test_clients_after_one_another_each_start_the_service(target: Target) -> None:
    told = target.probe(
        PROBES, "lives", styles=["sync", "async", "sync"], paths=["item/1", "item/2"], broken=[False] * 3
    ).value
    for each in told:
        assert each["journal"] == ["startup", "begin", "body", "body", "shutdown"]
        first, second = [answered(facts)["data"]["seen"] for facts in each["answers"]]
        assert (first, second in ("", "1")) == ("", True)  # a cookie of an address may be dropped


@must("CLIENT-14b", kills="client_test_client_within_another")
@style
def test_a_test_client_within_another_is_an_error(target: Target, style: str) -> None:
    error, status = target.probe(PROBES, "within", style=style).value
    assert error is not None
    assert status == 200


@must("CLIENT-14c", kills=("client_test_client_of_failed_hooks", "client_test_client_without_the_hook"))
@style
def test_a_startup_hook_that_raises_is_the_error_of_a_test_client(target: Target, style: str) -> None:
    told = target.probe(PROBES, "failed", style=style, word=word()).value
    assert "begin" not in told["journal"]
    assert told["raised"] is not None
    assert any("first" in text for text in told["raised"]["texts"])
