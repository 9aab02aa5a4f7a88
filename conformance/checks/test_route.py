"""ROUTE: how a request finds its endpoint."""

from __future__ import annotations

import pytest

from conformance.checks import server, wire
from conformance.checks.problem import allowed
from conformance.checks.random_values import number, word
from conformance.checks.raw_requests import CLOSE, raw
from conformance.checks.result import result, spoken
from conformance.contract.check import must
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target

# Told by the server or by the connection, not by the endpoint; Content-Length is ROUTE-2c's.
OF_THE_SERVER = {"date", "server", "connection", "keep-alive", "transfer-encoding", "content-length"}
# Of every path that has GET, derived from it.
DERIVED = {"HEAD", "OPTIONS"}


@must("ROUTE-1a", kills="route_outer_mount_lost")
@pytest.mark.parametrize(
    ("path", "text"),
    [("/api/hello", "world"), ("/api/branch/twig", "twig"), ("/api/branch/deep/leaf", "leaf")],
    ids=["root", "mounted", "mounted twice"],
)
def test_an_endpoint_is_at_its_functions_name_under_its_mounts(root: Service, path: str, text: str) -> None:
    assert spoken(root.get(path)) == text


@must("ROUTE-1a", kills="route_template_after_the_name")
def test_an_endpoint_is_at_its_route_template(root: Service) -> None:
    name, part = word(), number()
    assert result(root.get(f"/api/path/{part}")) == {"number": part}
    assert result(root.get(f"/api/item/{name}/part/{part}")) == {"item": name, "number": part}


@must("ROUTE-1c", kills="route_outer_mount_lost")
@pytest.mark.parametrize(
    "path",
    ["/api/path_parameter", "/api/path_parameter/7", "/api/BranchAPI/twig", "/api/twig", "/api/deep/leaf", "/api/leaf"],
)
def test_neither_a_templates_function_nor_a_class_has_a_path_by_its_name(root: Service, path: str) -> None:
    answer = root.get(path)
    assert answer.status == 404, str(answer)


@must("ROUTE-1b", kills="route_get_at_its_name")
@pytest.mark.parametrize(
    ("method", "text"),
    [
        ("GET", "all items"),
        ("POST", "post item"),
        ("PUT", "put item"),
        ("PATCH", "patch item"),
        ("DELETE", "delete item"),
    ],
)
def test_a_function_named_after_a_method_is_the_classs_own_path(root: Service, method: str, text: str) -> None:
    assert spoken(root.request(method, "/api/item")) == text


@must("ROUTE-1b", kills="route_decorated_get_at_its_name")
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_a_decorated_function_named_after_a_method_is_the_classs_own_path(target: Target, method: str) -> None:
    service = target.shared("api_documented")
    assert result(service.request(method, "/api/decorated")) == {"named": method.lower()}


@must("ROUTE-1c", kills="route_get_at_its_name")
def test_a_function_named_after_a_method_has_no_path_by_its_name(root: Service) -> None:
    assert result(root.get("/api/item/get")) == {"item": "get"}
    refusal = root.post("/api/item/post")
    assert refusal.status in (404, 405), str(refusal)


@must("ROUTE-2a", kills=("route_head_is_no_get", "route_head_without_headers"))
@pytest.mark.parametrize(
    "path",
    [
        "/api/hello",
        "/api/plus?a=20&b=22",
        "/api/result/binary",
        "/api/result/text",
        "/api/result/mapping",
        "/api/item",
        "/api/item/one",
    ],
)
def test_head_answers_as_get_does_without_the_body(root: Service, path: str) -> None:
    whole, again = root.get(path), root.get(path)
    assert whole.status == 200, str(whole)
    assert again.status == 200, str(again)
    assert len(whole.body) > 0, str(whole)
    head = root.request("HEAD", path)
    assert head.status == 200, str(head)
    told = of_the_endpoint(whole) & of_the_endpoint(again)  # what is each answer's own is not the endpoint's
    assert told - of_the_endpoint(head) == set(), str(head)
    assert dict(of_the_endpoint(head)).keys() == dict(of_the_endpoint(whole)).keys(), str(head)
    assert head.trailing == b"", str(head)


@must("ROUTE-2a", kills="route_head_by_the_names_of_another_method")
def test_head_takes_what_is_in_the_path_as_get_does(target: Target) -> None:
    service = target.shared("api_templated_mounts")
    for sent in (str(number()), "0", f"w{word()}"):
        whole, head = (service.request(method, f"/api/by_name/{sent}") for method in ("GET", "HEAD"))
        assert (whole.status == 200) is sent.isdigit(), str(whole)
        assert head.status == whole.status, str(head)
        assert head.content_type == whole.content_type, str(head)
        assert head.trailing == b"", str(head)


def of_the_endpoint(answer: Exchange) -> set[tuple[str, str]]:
    return {entry for entry in answer.headers if entry[0] not in OF_THE_SERVER}


@must("ROUTE-2c", kills="route_head_without_length")
@pytest.mark.parametrize(
    ("path", "status"),
    [("/api/hello", 200), ("/api/result/binary", 200), ("/api/item/one", 200), ("/api/nowhere", 404)],
)
def test_head_tells_the_length_of_what_get_answers(root: Service, path: str, status: int) -> None:
    whole, head = root.get(path), root.request("HEAD", path)
    assert whole.status == status, str(whole)
    assert head.status == status, str(head)
    assert head.header("content-length") == str(len(whole.body)), str(head)


@must("ROUTE-2c", kills="route_head_everywhere")
def test_head_is_refused_where_get_is(root: Service) -> None:
    whole, head = root.get("/api/echo"), root.request("HEAD", "/api/echo")
    assert whole.status == 405, str(whole)
    assert head.status == 405, str(head)


@must("ROUTE-2b", kills="route_options_of_the_first_alone")
@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/api/hello", {"GET"}),
        ("/api/echo", {"POST"}),
        ("/api/item", {"GET", "POST", "PUT", "PATCH", "DELETE"}),
        ("/api/item/latest", {"GET"}),
        ("/api/path/7", {"GET"}),
        ("/api/plus", {"GET"}),
    ],
)
def test_options_answers_with_the_methods_of_the_path(root: Service, path: str, methods: set[str]) -> None:
    answer = root.request("OPTIONS", path)
    assert answer.status in range(200, 300), str(answer)
    assert allowed(answer) - DERIVED == methods, str(answer)


@must("ROUTE-2d", kills="route_options_without_the_derived")
@pytest.mark.parametrize(
    ("path", "methods"),
    [("/api/item/latest", {"GET", *DERIVED}), ("/api/echo", {"POST", "OPTIONS"}), ("/hello", {"GET", *DERIVED})],
)
def test_options_answers_without_content_and_tells_the_derived_methods(
    root: Service, path: str, methods: set[str]
) -> None:
    answer = root.request("OPTIONS", path)
    assert answer.status == 204, str(answer)
    assert answer.body == b"", str(answer)
    assert allowed(answer) == methods, str(answer)


@must("ROUTE-3a", kills="route_template_before_fixed")
@pytest.mark.parametrize("name", ["first", "latest"], ids=["declared before", "declared after"])
def test_a_fixed_path_wins_over_a_template(root: Service, name: str) -> None:
    assert result(root.get(f"/api/item/{name}")) == {"fixed": name}


@must("ROUTE-3a", kills=("route_template_before_fixed", "route_template_before_fixed_of_another_spelling"))
def test_a_fixed_path_wins_over_a_template_however_it_is_spelled(root: Service) -> None:
    for name in ("first", "latest"):
        expected = {"fixed": name}
        assert result(root.get(f"/api/item/{name}")) == expected
        for path in ("/api/item/{}/", "/api/item//{}", "/api//item/{}", "//api/item/{}//", "/api/item%2F{}"):
            for spelled in (name, f"%{ord(name[0]):x}{name[1:]}"):
                answer = root.get(path.format(spelled))
                if answer.status != 404:  # whether it is that path at all, ROUTE-4a says
                    assert result(answer) == expected


@must("ROUTE-3a", kills="route_template_before_fixed")
def test_a_mounted_path_wins_over_a_template(root: Service) -> None:
    name = word()
    leaf = root.get("/api/branch/deep/leaf")
    assert leaf.status == 200, str(leaf)
    assert leaf.text == "leaf", str(leaf)
    assert result(root.get(f"/api/branch/{name}/leaf")) == {"leaf of": name}


@must("ROUTE-3a", kills="route_no_way_back")
def test_a_fixed_path_hides_nothing_but_itself(root: Service) -> None:
    name, part = word(), number()
    assert result(root.get(f"/api/item/{name}")) == {"item": name}
    assert result(root.get(f"/api/item/latest/part/{part}")) == {"item": "latest", "number": part}
    assert result(root.get("/api/item/latest/whole")) == {"fixed": "latest/whole"}


@must("ROUTE-3b", kills=("route_later_endpoint_wins", "route_templates_told_apart_by_name"))
@pytest.mark.parametrize(
    "kind",
    [
        "the same template",
        "a function's name and a template",
        "templates that differ in the parameter's name",
        "a mounted class and a template",
    ],
)
def test_two_endpoints_with_one_method_and_path_are_refused(target: Target, kind: str) -> None:
    path = word()
    assert path in target.probe("application_build", "clash", kind=kind, path=path).message


@must("ROUTE-3b", kills="route_clash_whatever_the_method")
def test_two_endpoints_with_one_path_and_two_methods_are_not_refused(target: Target) -> None:
    assert target.probe("application_build", "clash", kind="two methods", path=word()).value is None


@must("ROUTE-4a", kills="route_path_decoded_twice")
@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("a%20b", "a b"),
        ("%C3%A9t%c3%a9", "été"),
        ("%E2%82%AC", "€"),
        ("a%2541", "a%41"),
        ("a%252Fb", "a%2Fb"),
        ("a%2500", "a%00"),
        ("%25", "%"),
        ("a%3Fb%23c", "a?b#c"),
        ("a;b=c,d", "a;b=c,d"),
        ("a:b@c!d", "a:b@c!d"),
        ("~a-b_c.d", "~a-b_c.d"),
    ],
)
def test_a_path_is_percent_decoded_exactly_once(root: Service, sent: str, meant: str) -> None:
    nonce = word()
    assert result(root.get(f"/api/word/{nonce}{sent}")) == {"word": nonce + meant}


@must("ROUTE-4a", kills="route_path_split_before_decoded")
@pytest.mark.parametrize("path", ["/api%2Fitem%2Flatest", "/api/item%2flatest", "/%61pi/%69tem/l%61test"])
def test_a_path_is_decoded_before_it_is_split(root: Service, path: str) -> None:
    assert result(root.get(path)) == {"fixed": "latest"}


@must("ROUTE-4a", kills="route_path_split_before_decoded")
def test_an_encoded_slash_ends_a_segment(root: Service) -> None:
    answer = root.get("/api/word/a%2Fb")
    assert answer.status == 404, str(answer)


@must("ROUTE-4a", kills="route_empty_segments_kept")
@pytest.mark.parametrize(
    "path", ["/api/word/{}/", "/api//word/{}", "/api/word//{}//", "//api/word/{}", "/api/%2Fword/{}%2F"]
)
def test_empty_segments_and_a_trailing_slash_are_dropped(root: Service, path: str) -> None:
    name = word()
    assert result(root.get(path.format(name))) == {"word": name}


@must("ROUTE-4a", kills="route_dots_resolved")
@pytest.mark.parametrize(
    ("sent", "meant"),
    [(".", "."), ("..", ".."), ("%2E", "."), ("%2e%2E", ".."), ("...", "...")],
)
def test_dots_are_an_ordinary_segment(root: Service, sent: str, meant: str) -> None:
    assert result(root.get(f"/api/word/{sent}")) == {"word": meant}


@must("ROUTE-4a", kills="route_dots_resolved")
@pytest.mark.parametrize(
    "path",
    ["/api/./hello", "/./api/hello", "/api/word/../hello", "/api/x/%2e%2e/hello", "/../api/hello", "/api/hello/."],
)
def test_dots_are_never_resolved(root: Service, path: str) -> None:
    answer = root.get(path)
    assert answer.status == 404, str(answer)


@must("ROUTE-4b", kills=("route_undecodable_replaced", "route_nul_passed_on"))
@pytest.mark.parametrize("sent", ["%FF", "%C0%AF", "%ED%A0%80", "%C3", "%00", "a%00b"])
@pytest.mark.parametrize("place", ["/api/word/{}", "/api/query?text={}", "/api/query?{}=1"])
def test_bytes_that_are_not_utf8_and_nul_are_a_bad_request(root: Service, place: str, sent: str) -> None:
    answer = root.get(place.format(sent))
    assert answer.status == 400, str(answer)


@must("ROUTE-4b", kills="route_plus_kept_in_the_query")
@pytest.mark.parametrize(("sent", "meant"), [("a+b", "a b"), ("a%2Bb", "a+b"), ("a%20b", "a b"), ("+", " ")])
def test_a_plus_in_the_query_is_a_space(root: Service, sent: str, meant: str) -> None:
    nonce = word()
    expected = {"text": nonce + meant, "number": None, "flag": False}
    assert result(root.get(f"/api/query?text={nonce}{sent}")) == expected


@must("ROUTE-4b", kills="route_plus_is_a_space_in_the_path")
@pytest.mark.parametrize("sent", ["a+b", "a%2Bb"])
def test_a_plus_in_the_path_is_itself(root: Service, sent: str) -> None:
    nonce = word()
    assert result(root.get(f"/api/word/{nonce}{sent}")) == {"word": f"{nonce}a+b"}


# What is sent, `{}` being a random word, and what comes of each word of the table: the word that the endpoint is given,
# or the status of the refusal.
SENT: dict[str, tuple[str, str, dict[str, str | int]]] = {
    "raw non-ASCII byte": ("GET", "/api/word/{}\xc3\xa9", {"as sent": "{}é", "latin-1": "{}Ã©"}),
    "#": ("GET", "/api/word/{}#f", {"as sent": "{}#f", "cut": "{}"}),
    "absolute form": ("GET", "http://other.example/api/word/{}", {"as sent": 404, "path": "{}"}),
    "*": ("OPTIONS", "*", {"as sent": 404}),
    "unknown method": ("BREW", "/api/word/{}", {"as sent": 405}),
    "no Host": ("GET", "/api/word/{}", {"as sent": "{}"}),
}


# Heads that a server may refuse, or read in another way than the next one: their fields, and what follows the head.
HEADS: dict[str, tuple[list[tuple[str, str]], bytes]] = {
    "header section of 65 KiB": ([(f"X-{count}", "v" * 1000) for count in range(66)], b""),
    "1,001 header fields": ([("X", "v")] * 1000, b""),
    "space before the colon": ([("X-Word ", "v")], b""),
    "folded line": ([("X-Word", "v\r\n v")], b""),
    "two lengths": ([("Content-Length", "0"), ("Content-Length", "1")], b"v"),
    "length and chunked": ([("Content-Length", "5"), ("Transfer-Encoding", "chunked")], b"0\r\n\r\n"),
    "unknown transfer coding": ([("Transfer-Encoding", "gzip, chunked")], b"0\r\n\r\n"),
}
TOO_MUCH = ("header section of 65 KiB", "1,001 header fields")
SERVERS_DIFFER = "what it expects depends on the server that is asked"


@must("ROUTE-4c", kills="route_unknown_method_left_to_the_framework", without_oracle=SERVERS_DIFFER)
@pytest.mark.parametrize("sent", SENT)
def test_what_a_server_refuses_or_changes_is_what_the_table_says(root: Service, target: Target, sent: str) -> None:
    method, form, outcomes = SENT[sent]
    for service in server.each(target, root.scenario):
        nonce, before = word(), service.dispatches
        host = None if sent == "no Host" else "localhost"
        answer = service.send(raw(method, form.format(nonce), CLOSE, host=host), method)
        cell = server.table()[sent][server.name(service)]
        if cell.isdigit():
            assert answer.status == int(cell), f"{server.name(service)}: {answer}"
            assert service.dispatches == before, f"{server.name(service)} asked the application: {answer}"
            continue
        assert service.dispatches > before, f"{server.name(service)} did not ask the application: {answer}"
        outcome = outcomes[cell]
        if isinstance(outcome, int):
            assert answer.status == outcome, str(answer)
            if outcome == 405:  # with Allow (ERROR-1b)
                assert allowed(answer) - DERIVED == {"GET"}, str(answer)
        else:
            assert result(answer) == {"word": outcome.format(nonce)}


@must("ROUTE-4c", kills="route_heads_of_any_size_answered", without_oracle=SERVERS_DIFFER)
@pytest.mark.parametrize("sent", HEADS)
def test_what_a_server_does_with_a_head_that_is_malformed_or_large_is_what_the_table_says(
    root: Service, target: Target, sent: str
) -> None:
    fields, body = HEADS[sent]
    for service in server.each(target, root.scenario):
        before = service.dispatches
        request = raw("GET", f"/api/word/{word()}", *fields, CLOSE, body=body)
        heard = wire.say(service.address, request, answers=1)
        cells = server.table()[sent][server.name(service)].split(" or ")
        status = heard.statuses[0] if heard.statuses else None
        asked = service.dispatches > before and status == (431 if sent in TOO_MUCH else 200)
        came = "as sent" if asked else "closed" if status is None and heard.closed is not None else str(status)
        assert came in cells, f"{server.name(service)}: {heard}"
