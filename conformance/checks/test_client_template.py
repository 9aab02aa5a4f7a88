"""CLIENT: answers as the templates that request functions are annotated with (client_templates.py)."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.checks.client_probe import Call, Clients, Told, answered, call, kind, raised, results
from conformance.checks.random_values import number, word
from conformance.contract.check import must
from conformance.services.peer import Request, Script
from conformance.services.peer_replies import Headers, Reply, reply
from conformance.target.observed import plain_type

SCENARIO = "client_templates"


def told_of(clients: Clients, client: str, script: Script, *calls: Call, **options: Any) -> Told:
    """What came of the calls of a client to a peer of this script."""
    with clients.peer(script) as server:
        return clients.called(SCENARIO, client, server.origin, *calls, **options)


def always(body: object, status: int = 200, headers: Headers = ()) -> Script:
    return lambda request: reply(body, status, headers)


def by_number(*bodies: Any) -> Script:
    """A script that replies with one of these bodies, by the argument `n` of the query; a pair has a status, too."""

    def script(request: Request) -> Reply:
        body = bodies[int(dict(request.query)["n"])]
        return reply(body[1], body[0]) if isinstance(body, tuple) else reply(body)

    return script


@must("CLIENT-g7", kills="client_results_as_they_are")
def test_the_result_is_converted_to_the_type_of_the_template(clients: Clients) -> None:
    amount = number()
    bodies: tuple[Any, ...] = (
        {"data": str(amount)},
        {"data": "0"},
        {"data": [str(amount), "0", 3]},
        {"data": []},
        {"a": "true", "b": False},
        {},
    )
    names = ("number", "number", "numbers", "numbers", "flags", "flags")
    told = told_of(clients, "results", by_number(*bodies), *(call(name, str(n)) for n, name in enumerate(names)))
    expected = [amount, 0, [amount, 0, 3], [], {"a": True, "b": False}, {}]
    assert [repr(each) for each in results(told)] == [repr(each) for each in expected]
    kinds = ["Number", "Number", "Numbers", "Numbers", "Flags", "Flags"]
    assert [kind(facts, *kinds) for facts in told.facts] == kinds


@must("CLIENT-g8", kills="client_statuses_of_templates_ignored")
def test_a_template_with_a_status_is_for_that_status_alone(clients: Clients) -> None:
    amount = number()

    def script(request: Request) -> Reply:
        return reply(amount, int(dict(request.query)["status"]))

    statuses = (200, 202, 404, 500)
    calls = (call("made", 201), *(call("made", each) for each in statuses), call("perhaps", 201), call("perhaps", 200))
    told = told_of(clients, "statuses", script, *calls)
    made, *others = told.facts
    assert (kind(made, "Made"), made["status"], made["result"]) == ("Made", 201, amount)
    assert ["raised" in facts for facts in others[: len(statuses)]] == [True] * len(statuses)
    kinds = [(kind(facts, "Made"), facts["status"]) for facts in others[len(statuses) :]]
    assert kinds == [("Made", 201), ("Response", 200)]


@must("CLIENT-g9", kills=("client_keys_of_templates_ignored", "client_values_of_keys_that_are_false_dropped"))
def test_the_keys_of_a_template_find_its_values_in_the_body(clients: Clients) -> None:
    amount, text = number(), word()
    full = {"rows": [amount, 0], "note": text, "code": f"s{text}", "of": amount}
    told = told_of(
        clients,
        "keys",
        by_number(full, {"rows": [], "note": "", "code": 0, "of": 0}),
        *(call("keyed", str(n)) for n in (0, 1)),
    )
    values = [[answered(facts)[name] for name in ("result", "message", "state", "count")] for facts in told.facts]
    assert [repr(each) for each in values] == [
        repr([[amount, 0], text, f"s{text}", amount]),
        repr([[], "", 0, 0]),
    ]


@must("CLIENT-g10", kills=("client_header_schema_as_texts", "client_headers_kept_by_the_class"))
def test_headers_are_read_as_a_schema_declares(clients: Clients) -> None:
    amount, text = number(), word()
    lines = [[("X-Left", str(amount)), ("X-Name", text)], [("x-left", "0"), ("X-Other", "1")]]

    def script(request: Request) -> Reply:
        return reply({}, headers=lines[int(dict(request.query)["n"])])

    declared = {"headers": ["left", "name"]}
    told = told_of(
        clients, "headers", script, call("limited", "0"), call("limited", "1"), call("kept", 0), settings=declared
    )
    found = [answered(facts)["read"] for facts in told.facts]
    assert [(repr(each["left"]), each["name"]) for each in found] == [
        (repr(amount), text),
        ("0", "none"),
        (repr(amount), text),
    ]


@must("CLIENT-g11", kills=("client_data_is_the_result", "client_json_not_parsed", "client_success_is_200"))
def test_a_response_has_the_whole_answer(clients: Clients) -> None:
    amount, text = number(), word()
    bodies: tuple[Any, ...] = ({"data": amount, "more": [None, 0, ""]}, [], 0, False, None, "")
    answers = (*((201, body) for body in bodies[:-1]), (409, {"error": text}))

    def script(request: Request) -> Reply:
        status, body = answers[int(dict(request.query)["n"])]
        return reply(body, status, [("X-Text", text)])

    calls = [call("get", "path", query={"n": n}) for n in range(len(answers))]
    told = told_of(clients, "results", script, *calls)
    for (status, body), facts in zip(answers, told.facts, strict=True):
        assert answered(facts)["status"] == status
        assert repr(facts["data"]) == repr(body)
        assert facts["headers"].get("x-text") == text
        assert (facts["request"] or {}).get("method") == "GET"
    (keyed,) = told_of(clients, "results", by_number({"data": "7", "more": text}), call("number", "0")).facts
    assert (answered(keyed)["data"], keyed["result"]) == ({"data": "7", "more": text}, 7)


@must("CLIENT-11b", kills="client_texts_parsed")
def test_a_body_is_json_where_its_content_type_says_so(clients: Clients) -> None:
    told = told_of(
        clients, "results", by_number("12", f"[{word()}"), *(call("get", "a", query={"n": n}) for n in (0, 1))
    )
    assert [plain_type(answered(facts)["data"]) in (int, list, type(None)) for facts in told.facts] == [False, False]


@must("CLIENT-g12", kills=("client_first_template_alone", "client_plain_response_first_ends_the_union"))
def test_of_several_templates_the_one_of_the_status_is_taken(clients: Clients) -> None:
    amount, text = number(), word()
    script = by_number((200, {"n": amount}), (404, {"missing": text}), (404, {"missing": ""}))
    told = told_of(
        clients,
        "several",
        script,
        *(call("by_status", str(n)) for n in range(3)),
        *(call("by_status_last", str(n)) for n in (1, 2)),
        *(call("plain_or_by_status", str(n)) for n in (1, 2)),
    )
    kinds = [(kind(facts, "Found", "Missing", "Number"), facts["result"]) for facts in told.facts]
    missing = [("Missing", text), ("Missing", "")]
    assert kinds == [("Found", {"n": amount}), *missing, *missing, *missing]


@must("CLIENT-g12", kills=("client_first_template_alone", "client_last_template_first"))
def test_of_several_templates_the_first_that_parses_is_taken(clients: Clients) -> None:
    amount, text = number(), word()
    script = by_number(amount, {"n": text}, 0, {"n": ""}, {"n": str(amount)}, {})
    calls = [call(name, str(n)) for name in ("parsed", "parsed_otherwise") for n in range(4)]
    calls += [call(name, str(n)) for name in ("numbers_first", "words_first") for n in (4, 5)]
    told = told_of(clients, "several", script, *calls)
    kinds = [(kind(facts, "Number", "Numbers", "Words"), facts["result"]) for facts in told.facts]
    assert kinds[:8] == [("Number", amount), ("Words", {"n": text}), ("Number", 0), ("Words", {"n": ""})] * 2
    both = [("Numbers", {"n": amount}), ("Numbers", {}), ("Words", {"n": str(amount)}), ("Words", {})]
    assert kinds[8:] == both


@must("CLIENT-g13", kills="client_mismatches_are_plain")
def test_an_answer_that_no_template_parses_is_an_error(clients: Clients) -> None:
    script = by_number([word(), 0], (500, {"missing": word()}), ["", 0])
    calls = [call("parsed", "0"), call("by_status", "1"), call("parsed", "2")]
    assert [raised(facts)["message"] != "" for facts in told_of(clients, "several", script, *calls).facts] == [True] * 3


@must("CLIENT-g13", kills=("client_plain_responses_are_errors", "client_fail_silently_ignored"))
@pytest.mark.parametrize("way", ["with Response in the Union", "silently"])
def test_such_an_answer_is_a_plain_response_where_that_is_asked_for(clients: Clients, way: str) -> None:
    text, silently = word(), way == "silently"
    script = by_number([text, 0], (409, [text, 0]), ["", 0])
    name = "parsed" if silently else "perhaps"
    told = told_of(
        clients,
        "several",
        script,
        *(call(name, str(n)) for n in range(3)),
        **({"fail_silently": True} if silently else {}),
    )
    kinds = [(kind(facts, "Number", "Words"), facts["status"], facts["data"]) for facts in told.facts]
    assert kinds == [("Response", 200, [text, 0]), ("Response", 409, [text, 0]), ("Response", 200, ["", 0])]


@must("CLIENT-g8", kills="client_inherited_statuses_ignored")
def test_a_status_that_a_template_inherits_is_its_own(clients: Clients) -> None:
    amount = number()

    def script(request: Request) -> Reply:
        return reply({"made": amount}, int(dict(request.query)["status"]))

    made, other = told_of(clients, "statuses", script, call("inherited", 201), call("inherited", 200)).facts
    assert (kind(made, "MadeToo"), made["result"]) == ("MadeToo", amount)
    assert "raised" in other
