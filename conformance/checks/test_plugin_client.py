"""PLUGIN: plugins around a Client and its request functions (plugin_around_clients.py)."""

from __future__ import annotations

from conformance.checks.client_probe import Clients, answered, call, raised
from conformance.checks.random_values import number
from conformance.contract.check import must
from conformance.services.peer_replies import CLOSES, reply

SCENARIO = "plugin_around_clients"


@must("PLUGIN-g2", kills=("plugin_of_a_client_ignored", "plugin_of_a_request_function_ignored"))
def test_plugins_are_called_for_the_client_or_the_function_that_they_decorate(clients: Clients) -> None:
    n = number()
    calls = [call("one", n), call("two", 0)]
    with clients.peer(lambda request: reply({}, 201) if request.path.startswith("/one") else CLOSES) as server:
        both = clients.called(SCENARIO, "decorated", server.origin, *calls)
        alone = clients.called(SCENARIO, "undecorated", server.origin, *calls)
    assert (answered(both.facts[0])["status"], raised(both.facts[1])["message"] != "") == (201, True)
    once = ["class request", "function request", "function response 201", "class response 201"]
    assert sorted(both.journal) == sorted([*once, "class request", "class error"])
    assert sorted(alone.journal) == ["function request", "function response 201"]
    assert [len(request.values("x-plugin")) for request in server.requests] == [1, 1, 1, 0]
