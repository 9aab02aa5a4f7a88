"""CLIENT: answers that are made up (client_mock.py)."""

from __future__ import annotations

import re

from conformance.checks.client_probe import Clients, answered, call
from conformance.checks.random_values import number
from conformance.contract.check import must

SCENARIO = "client_mock"


@must(
    "CLIENT-g29",
    kills=("client_mock_sends", "client_mock_without_a_result", "client_mock_without_keys", "client_mock_is_200"),
)
def test_mock_makes_up_an_answer_of_the_template_and_sends_nothing(clients: Clients) -> None:
    calls = call("pet", number()), call("listed"), call("missing"), call("plain")
    with clients.peer() as server:
        told = clients.called(SCENARIO, "pets", server.origin, *calls, mock=True)
    assert server.requests == []
    pet, listed, missing, plain = (answered(facts) for facts in told.facts)
    assert [pet["status"], listed["status"], missing["status"], plain["status"]] == [200, 201, 404, 200]
    result = pet["result"]
    assert result["class"] == "Pet"
    assert result["number"] in (42, 49)
    assert re.fullmatch("[A-Z]{2}-[0-9]{3}", result["code"])
    assert result["kind"] in ("cat", "dog")
    assert 3 <= len(result["owner"]["name"]) <= 5
    assert [each["class"] for each in result["others"][:2]] == ["Owner"] * 2
    assert [each["class"] for each in listed["result"]] == ["Pet"] * len(listed["data"]["data"])
    assert listed["read"]["count"] >= 3
    assert plain["data"] is None
