"""REQUEST: what a request tells of its query."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from conformance.checks.random_values import word
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.target.service import Service
from conformance.target.target import Target


@pytest.fixture
def queried(target: Target) -> Service:
    return target.shared("request_query")


@must("API-g22", kills="api_query_of_lists")
def test_a_query_is_a_dict_of_texts(queried: Service) -> None:
    name, other = word(), word()
    for text in (word(), "", "0", "None", f"\u00e9 & {word()}"):
        found = result(queried.get(f"/api/taken/{name}?{name}={quote(text)}&{other}=1"))
        assert found == {"item": text, "got": text, "other": None, "all": {name: text, other: "1"}}


@must("REQUEST-1f", kills="api_query_of_all_requests")
def test_what_one_request_changes_in_the_dict_another_does_not_find(queried: Service) -> None:
    name = word()
    for text in (word(), "", "0"):
        for _ in range(2):
            assert result(queried.get(f"/api/changed/{name}?{name}={text}")) == {"found": {name: text}}


@must("REQUEST-1f", kills=("request_query_of_the_first_text", "request_query_of_the_last_text_alone"))
def test_of_a_name_that_repeats_the_last_text_counts_and_all_are_in_reach(queried: Service) -> None:
    name, other = word(), word()
    for texts in ([word()], [word(), word()], [word(), "", word()], [word(), ""], ["", ""], ["0", word(), "0"]):
        sent = "&".join(f"{name}={text}&{other}=1" for text in texts)
        found = result(queried.get(f"/api/listed/{name}?{sent}"))
        assert found == {"item": texts[-1], "list": texts, "other": []}
