"""CLIENT: arguments of request functions, mistakes in them and in declarations, and functions with a body."""

from __future__ import annotations

from urllib.parse import unquote

from conformance.checks.client_probe import Call, Clients, Facts, Told, answered, call, content, raised, sent, targets
from conformance.checks.random_values import number, word
from conformance.contract.check import must
from conformance.target.target import Target

SCENARIO = "client_requests"
SEGMENTS = ("a b", "a/b", "a?b=c", "a#b", "100%", "%2e%2e", "ä€😀", "a&b=c;d", "a+b", "a:b@c", "{id}", "0", "...", "\\")


@must("CLIENT-9", kills=("client_segments_as_they_are", "client_slashes_in_segments"))
def test_an_argument_in_the_path_is_one_encoded_segment(clients: Clients) -> None:
    texts = [*SEGMENTS, word()]
    with clients.peer() as server:
        told = clients.called(SCENARIO, "segments", server.origin, *(call("item", text) for text in texts))
    assert [answered(facts)["status"] for facts in told.facts] == [200] * len(texts)
    segments = [request.target.split("/") for request in server.requests]
    assert [[first, last] for _, first, *_, last in segments] == [["item", "end"]] * len(texts)
    assert [unquote("/".join(middle)) for _, _, *middle, _ in segments] == texts
    assert [len(each) for each in segments] == [4] * len(texts)
    assert [target for _, target in sent(server) if " " in target or not target.isascii()] == []


@must("CLIENT-9", kills=("client_dots_are_a_segment", "client_empty_segments"))
def test_a_segment_that_is_empty_or_dots_is_an_error(clients: Clients) -> None:
    with clients.peer() as server:
        told = clients.called(SCENARIO, "segments", server.origin, *(call("item", text) for text in ("", ".", "..")))
    assert ["raised" in facts for facts in told.facts] == [True] * 3
    assert sent(server) == []


LINES = ("a\r\nX-Injected: 1", "a\nb", "a\rb", "\n")


@must(
    "CLIENT-9",
    kills=(
        "client_line_breaks_in_headers_taken_out",
        "client_line_breaks_in_cookies_not_seen",
        "client_texts_of_cookies_stripped",
    ),
)
def test_a_header_or_cookie_with_a_line_break_is_an_error(clients: Clients) -> None:
    calls: list[Call] = []
    for text in LINES:
        calls += [
            call("header", text),
            call("cookie", text),
            call("get", "path", headers={"X-Text": text}),
            call("get", "path", cookies={"text": text}),
        ]
    calls += [call("get", "path", headers={"X-Text: 1\r\nX-Injected": "1"}), call("get", "path", cookies={"a\n": "1"})]
    calls += [call("get", "path", cookies=text) for text in ("a=1\n", "a=1\r\n; b=2", "a=1; \nb=2")]
    with clients.peer() as server:
        told = clients.called(SCENARIO, "segments", server.origin, *calls)
    assert ["raised" in facts for facts in told.facts] == [True] * len(calls)
    assert sent(server) == []


@must("CLIENT-10", kills=("client_arguments_not_named", "client_unknown_arguments_ignored"))
def test_an_argument_that_is_missing_unknown_or_does_not_convert_is_named(clients: Clients) -> None:
    wrong = {
        "id": call("pet"),
        "size": call("pet", 1, size=word()),
        "colour": call("pet", 1, colour=0),
        "tag": call("found"),
        "limit": call("found", "", limit=[]),
        "name": call("named", age=0),
    }
    with clients.peer() as server:
        facts = {
            **dict(zip(("id", "size", "colour"), _facts(clients, "pets", server.origin, wrong), strict=True)),
            **dict(zip(("tag", "limit", "name"), _facts(clients, "parameters", server.origin, wrong), strict=True)),
        }
    for name, told in facts.items():
        assert name in raised(told)["message"], name
    assert sent(server) == []


def _facts(clients: Clients, client: str, base: str, wrong: dict[str, Call]) -> list[Facts]:
    names = ("id", "size", "colour") if client == "pets" else ("tag", "limit", "name")
    return list(clients.called(SCENARIO, client, base, *(wrong[name] for name in names)).facts)


@must("CLIENT-10", kills=("client_none_is_sent", "client_false_arguments_left_out", "client_none_is_the_default"))
def test_an_argument_that_is_none_or_not_given_is_not_sent(clients: Clients) -> None:
    tag = word()
    with clients.peer() as server:
        told = clients.called(
            SCENARIO,
            "parameters",
            server.origin,
            call("found", tag),
            call("found", tag, limit=None, sold=None, sort_by=None, token=None, session=None),
            call("found", "", limit=0, sold=False, sort_by="", token="", session=""),
            call("named", tag),
            call("named", "", age=None),
            call("named", "", age=0),
            call("defaulted", limit=None, token=None, session=None),
        )
    assert [answered(facts)["status"] for facts in told.facts] == [200] * 7
    absent, none, false, *bodies, defaulted = server.requests
    assert (defaulted.query, defaulted.values("x-token"), defaulted.cookies) == ([], [], {})
    assert (absent.query, none.query) == ([("tag", tag)], [("tag", tag)])
    assert [(each.values("x-token"), each.cookies) for each in (absent, none)] == [([], {}), ([], {})]
    assert sorted(name for name, _ in false.query) == ["limit", "sold", "sort-by", "tag"]
    assert dict(false.query) == {"tag": "", "limit": "0", "sort-by": "", "sold": dict(false.query)["sold"]}
    assert [content(each) for each in bodies] == [{"name": tag}, {"name": ""}, {"name": "", "age": 0}]


MISTAKES = (
    "name_without_a_parameter",
    "name_that_is_a_query",
    "returns_a_number",
    "returns_a_dict",
    "returns_a_client",
    "returns_a_choice",
    "returns_none",
    "url_that_is_none",
)


@must(
    "CLIENT-11",
    kills=(
        "client_routes_not_checked",
        "client_results_not_checked",
        "client_unions_with_a_response_not_checked",
        "client_urls_of_functions_not_checked",
    ),
)
def test_a_declaration_that_cannot_be_sent_is_refused_by_name(target: Target) -> None:
    told = target.probe("client_mistakes", "refused", mistakes=MISTAKES).value
    for mistake in MISTAKES:
        message = told[mistake]
        assert message is not None, mistake
        for part in ("Mistaken", mistake):
            assert part in message


@must("CLIENT-g14", kills=("client_bodies_ignored", "client_bodies_that_are_false_ignored"))
def test_a_function_gives_what_its_body_returns(clients: Clients) -> None:
    amount = number()
    with clients.peer() as server:
        told = clients.called(
            SCENARIO,
            "bodies",
            server.origin,
            call("custom", amount, _times=2),
            *(call("valued", each) for each in ("zero", "empty", "false", "list")),
        )
    assert sent(server) == [("POST", f"/made?n={2 * amount}")]
    assert content(server.requests[0]) == {"number": amount}
    answer, *values = told.facts
    assert targets(Told([answer], (), "")) == [f"/made?n={2 * amount}"]
    assert [repr(answered(facts)["value"]) for facts in values] == ["0", "''", "False", "[]"]


@must("CLIENT-g14", kills="client_bodies_that_are_none_are_answers")
def test_where_its_body_returns_none_the_declared_request_is_sent(clients: Clients) -> None:
    amount = -number()
    with clients.peer() as server:
        told = clients.called(SCENARIO, "bodies", server.origin, call("custom", amount))
    assert sent(server) == [("GET", f"/custom?number={amount}")]
    assert targets(told) == [f"/custom?number={amount}"]


@must("CLIENT-g15", kills="client_underscored_arguments_sent")
def test_parameters_that_begin_with_an_underscore_are_not_sent(clients: Clients) -> None:
    shown, hidden = number(), word()
    with clients.peer() as server:
        clients.called(
            SCENARIO, "bodies", server.origin, call("hidden", shown, _hidden=hidden), call("hidden", 0, _nothing=[1, 2])
        )
    assert sent(server) == [("GET", f"/hidden?shown={shown}"), ("GET", "/hidden?shown=0")]
    assert [request for request in server.requests if hidden in str(request)] == []


@must(
    "CLIENT-g18",
    kills=(
        "client_reserved_names_taken",
        "client_reserved_names_of_async_functions",
        "client_reserved_names_of_mixins",
    ),
)
def test_a_function_that_is_named_like_a_built_in_one_is_refused(target: Target) -> None:
    assert target.probe("client_mistakes", "taken", other=word()).value == []


@must("CLIENT-g15", kills="client_underscored_arguments_with_a_name_sent")
def test_such_parameters_are_not_sent_under_another_name(clients: Clients) -> None:
    hidden = word()
    with clients.peer() as server:
        calls = [call("renamed", 0, _query=hidden, _header=hidden), call("renamed", 0)]
        clients.called(SCENARIO, "bodies", server.origin, *calls)
    assert sent(server) == [("GET", "/hidden?shown=0")] * 2
    assert [request for request in server.requests if hidden in str(request) or request.values("x-hidden")] == []


TWICE = ("two_bodies", "body_and_field", "two_of_one_query_name", "two_of_one_header")


@must("CLIENT-11", kills=("client_places_taken_twice", "client_bodies_taken_twice"))
def test_two_parameters_of_one_place_are_refused_by_name(target: Target) -> None:
    told = target.probe("client_mistakes", "refused", mistakes=TWICE).value
    assert [what for what in TWICE if told[what] is None or what not in told[what]] == []


@must("CLIENT-10", kills="client_none_of_other_defaults_refused")
def test_none_is_not_sent_whatever_the_default_is(clients: Clients) -> None:
    with clients.peer() as server:
        none = {"tag": None, "size": None, "sold": None, "token": None, "session": None}
        (facts,) = clients.called(SCENARIO, "parameters", server.origin, call("defaults", **none)).facts
    assert answered(facts)["status"] == 200
    assert sent(server) == [("GET", "/defaults")]
    assert (server.requests[0].values("x-token"), server.requests[0].cookies) == ([], {})
