"""CLIENT: clients that mount others (client_mounts.py)."""

from __future__ import annotations

from conformance.checks.client_probe import Clients, answered, call, content, raised, sent, targets
from conformance.checks.random_values import number, word
from conformance.contract.check import must

SCENARIO = "client_mounts"


@must("CLIENT-g24", kills=("client_mounts_at_the_root", "client_mounts_one_deep"))
def test_a_client_is_mounted_at_its_name(clients: Clients) -> None:
    identifier, data = number(), {"n": 0, "text": ""}
    calls = [
        call("shop.orders.order", identifier, page=0),
        call("shop.orders.made", data),
        call("shop.hours"),
        call("hours"),
    ]
    with clients.peer() as server:
        told = clients.called(SCENARIO, "mounted", f"{server.origin}/base", *calls)
    assert sent(server) == [
        ("GET", f"/base/shop/orders/{identifier}?page=0"),
        ("POST", "/base/shop/orders/made"),
        ("GET", "/base/shop/hours"),
        ("GET", "/base/hours"),
    ]
    assert content(server.requests[1]) == data
    assert targets(told) == [target for _, target in sent(server)]


@must("CLIENT-g24", kills=("client_routes_of_mounts_ignored", "client_routes_of_mounted_classes_ignored"))
def test_a_client_is_mounted_at_its_route(clients: Clients) -> None:
    calls = [call("office.hours"), call("market.hours"), call("market.orders.order", 0, page=2), call("shop.hours")]
    with clients.peer() as server:
        clients.called(SCENARIO, "mounted", server.origin, *calls)
    assert [target for _, target in sent(server)] == [
        "/back/office/hours",
        "/market-place/old/hours",
        "/market-place/old/orders/0?page=2",
        "/shop/hours",
    ]


@must("CLIENT-g25", kills=("client_templates_of_mounts_refused", "client_segments_as_they_are"))
def test_templates_of_mounts_are_filled_by_arguments(clients: Clients) -> None:
    owner, shelf = word(), number()
    calls = [
        call("shelves.row.stock.item", 0, owner=owner, shelf=shelf, n="1"),
        call("lone.item", 7, owner=f"{owner} b", shelf=0, n=""),
        call("lone.item", 7, shelf=0),
        call("lone.item", 7, owner=owner, shelf=word()),
    ]
    with clients.peer() as server:
        told = clients.called(SCENARIO, "templated", server.origin, *calls)
    assert [answered(facts)["status"] for facts in told.facts[:2]] == [200, 200]
    assert [target for _, target in sent(server)] == [
        f"/of/{owner}/shelf/{shelf}/stock/item/0?n=1",
        f"/of/{owner}%20b/shelf-0/item/7?n=",
    ]
    assert [raised(facts)["message"] != "" for facts in told.facts[2:]] == [True, True]


@must("CLIENT-g24", kills="client_slashes_of_mounts_twice")
def test_a_route_of_a_mount_may_begin_and_end_in_a_slash(clients: Clients) -> None:
    with clients.peer() as server:
        calls = [call("depot.hours"), call("yard.hours")]
        clients.called(SCENARIO, "mounted", f"{server.origin}/base", *calls)
    assert [target for _, target in sent(server)] == ["/base/depot/hours", "/base/back/yard/hours"]
