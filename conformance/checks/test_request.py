"""REQUEST: what a request tells an endpoint, and parameters that are more than one value by its name."""

from __future__ import annotations

import time
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote

import pytest

from conformance.checks.framework_facts import FrameworkFacts
from conformance.checks.problem import errors, problem
from conformance.checks.random_values import number, word
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.exchange import Exchange
from conformance.target.observed import plain_type
from conformance.target.service import Service
from conformance.target.target import Target

CLOCK_SECONDS = 0.001  # by which two looks at one clock may differ, as texts and floats go

# The names of the table in the contract, and where the class is defined, if elsewhere.
NATIVE_CLASSES = FrameworkFacts(
    "classes of a request",
    {
        "django": {"django.http.HttpRequest", "django.http.request.HttpRequest"},
        "flask": {"flask.Request", "flask.wrappers.Request"},
        "starlette": {"starlette.requests.Request"},
        "fastapi": {"starlette.requests.Request"},
        "sanic": {"sanic.Request", "sanic.request.types.Request"},
        "tornado": {"tornado.httputil.HTTPServerRequest"},
    },
)


@pytest.fixture
def requested(target: Target) -> Service:
    return target.shared("request_parameters")


@pytest.fixture
def sets(target: Target) -> Service:
    return target.shared("request_parameter_sets")


@pytest.fixture
def modelled(target: Target, libraries: str) -> Service:
    return target.shared("request_library_models", libraries=libraries)


def members(answer: Exchange, **kinds: type) -> dict[str, Any]:
    """The object that is the result, which has these members of these types and no other."""
    found = result(answer)
    assert isinstance(found, dict), str(answer)
    assert {name: plain_type(value) for name, value in found.items()} == kinds, str(answer)
    return found


def cookie(**values: object) -> list[tuple[str, str]]:
    return [("Cookie", "; ".join(f"{name}={value}" for name, value in values.items()))]


@must("REQUEST-1a", kills="request_url_without_the_query")
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_request_tells_what_was_asked_of_whom(requested: Service, method: str) -> None:
    name, text, host = word(), word(), f"{word()}.example:8{seeded_random.below(1000)}"
    sent = f"/api/told/{name}%20%C3%A9?b={text}&a=1%202&b=%C3%A9+[2]"
    headers = [("Host", host), ("User-Agent", f"agent {text}"), *cookie(one=text, two="2")]
    answer = requested.request(method, sent, headers=headers)
    assert result(answer) == {
        "method": method,
        "path": f"/api/told/{name} é",
        "url": f"http://{host}{sent}",
        "host": host,
        "scheme": "http",
        "query": {"b": [text, "é [2]"], "a": ["1 2"]},
        "cookies": {"one": text, "two": "2"},
        "user_agent": f"agent {text}",
    }


@must("REQUEST-1a", kills="request_headers_as_they_are_spelt")
def test_a_header_is_found_whatever_the_case_of_its_name(requested: Service) -> None:
    text = word()
    found = result(requested.get("/api/headers", headers=[("x-WoRd", text)]))
    assert found == {"items": [text] * 4, "gets": [text] * 4, "in": [True] * 4, "absent": [None, False]}


@must("REQUEST-1b", kills="request_native_is_what_the_server_gave")
def test_the_frameworks_own_request_is_at_hand(requested: Service, target: Target) -> None:
    text = word()
    found = members(requested.get("/api/native", headers=[("X-Word", text)]), word=str, classes=list)
    assert found["word"] == text, str(found)
    assert NATIVE_CLASSES[target.variant.backend] & set(map(str, found["classes"])), str(found)


@must("REQUEST-1d", kills="request_address_as_a_header_says")
def test_who_asks_has_an_address_that_no_header_changes(requested: Service) -> None:
    other = f"203.0.113.{seeded_random.below(255)}"
    forwarded = [("X-Forwarded-For", other), ("Forwarded", f"for={other}"), ("X-Real-IP", other)]
    found = members(requested.get("/api/address", headers=forwarded), address=str)
    assert is_loopback(found["address"]), str(found)


def is_loopback(text: str) -> bool:
    try:
        return ip_address(text).is_loopback
    except ValueError:
        return False


@must("REQUEST-1e", kills="request_time_of_the_look")
def test_a_request_knows_when_it_arrived(requested: Service) -> None:
    before = time.time()
    found = members(requested.get("/api/arrival"), arrived=float, started=float, aware=bool)
    assert found["aware"] is True, str(found)
    assert before - CLOCK_SECONDS <= found["arrived"] <= found["started"] + CLOCK_SECONDS, (before, found)


@must("REQUEST-2a", kills=("request_set_as_a_mapping", "request_set_with_the_last_key_alone"))
def test_a_whole_query_becomes_a_model(sets: Service) -> None:
    text, first, second = word(), number(), number()
    sent = f"word={text}&number={first}&tag={first}&tag={second}&page={second}&unknown=1"
    held = {"word": text, "number": first, "tag": [first, second]}
    assert result(sets.get(f"/api/search?{sent}")) == {"set": ["Search", held], "page": second}
    found = result(sets.get(f"/api/place?x={first}&y=-{second}&unknown=1"))
    assert found == {"set": ["dict", {"x": first, "y": -second}]}


@must("REQUEST-2a", kills=("request_set_as_a_mapping", "request_set_of_headers_by_underscores"))
def test_all_headers_and_all_cookies_become_models(sets: Service) -> None:
    text, first, second = word(), number(), number()
    sent = [("X-WORD", text), ("x-number", str(first)), ("X-Tag", f"{first}, {second}")]
    held = {"x_word": text, "x_number": first, "x_tag": [first, second]}
    assert result(sets.get("/api/client", headers=sent)) == {"set": ["Client", held]}
    found = result(sets.get("/api/session", headers=cookie(other=1, word=text, number=first)))
    assert found == {"set": ["Session", {"word": text, "number": first}]}


@must("REQUEST-2a", kills="request_set_with_the_last_key_alone")
def test_a_mapping_takes_every_member_of_a_set(sets: Service) -> None:
    text, other = word(), word()
    sent = [("X-Word", text), *cookie(one=text, two=other)]
    found = result(sets.get(f"/api/mappings?{text}=1&{other}=&{text}={other}", headers=sent))
    assert found == {
        "query": {text: ["1", other], other: [""]},
        "header": text,
        "cookies": {"one": text, "two": other},
    }


@must("REQUEST-2b", kills=("request_set_stops_at_its_own_errors", "request_set_header_named_as_declared"))
def test_each_member_that_is_wrong_is_named_as_it_was_to_be_sent(sets: Service) -> None:
    text = word()
    refusal = sets.get(f"/api/search?number={text}&tag=1&tag={text}&page={text}")
    assert errors(refusal) == {("query", name) for name in ("word", "number", "tag.1", "page")}
    refusal = sets.get("/api/client", headers=[("X-Number", text)])
    assert errors(refusal) == {("header", "x-word"), ("header", "x-number")}
    refusal = sets.get("/api/session", headers=cookie(number=text))
    assert errors(refusal) == {("cookie", "word"), ("cookie", "number")}
    assert errors(sets.get("/api/place?x=1")) == {("query", "y")}


@must("REQUEST-2c", kills="request_set_default_lost")
def test_a_default_holds_where_no_member_of_the_set_is_sent(sets: Service) -> None:
    text = word()
    found = result(sets.get(f"/api/default?other={text}", headers=cookie(other=text)))
    assert found == {"sets": [None, None, None]}
    found = result(sets.get(f"/api/default?word={text}", headers=[*cookie(word=text), ("X-Word", text)]))
    assert found == {"sets": ["Search", "Session", "Client"]}
    assert errors(sets.get("/api/default?number=1")) == {("query", "word")}


CLASSES = {"pydantic": "PydanticModel", "msgspec": "MsgspecStruct", "utype": "UtypeSchema"}


@must(
    "REQUEST-3a",
    "REQUEST-3b",
    kills=("request_struct_without_its_aliases", "request_schema_without_its_aliases", "request_set_as_a_mapping"),
)
@pytest.mark.parametrize("libraries", ["pydantic,msgspec", "utype"])
def test_a_model_of_an_installed_library_is_taken_as_itself(modelled: Service, libraries: str) -> None:
    installed = members(modelled.get("/api/libraries"), installed=list)["installed"]
    for library in libraries.split(","):
        if library in installed:
            taken_as_itself(modelled, library, CLASSES[library])
        else:
            problem(modelled.get(f"/api/{library}/query"), 404)


def taken_as_itself(modelled: Service, library: str, name: str) -> None:
    text, first, second = word(), number(), number()
    whole = {"class": name, "values": [text, first, [first, second]]}
    sent = f"{quote('@word')}={text}&{quote('page[number]')}={first}&tag={first}&tag={second}&unknown=1"
    assert result(modelled.get(f"/api/{library}/query?{sent}")) == whole
    members = {"@word": text, "page[number]": first, "tag": [first, second], "unknown": 1}
    assert result(modelled.post(f"/api/{library}/body", json=members)) == whole
    found = result(modelled.get(f"/api/{library}/cookies", headers=[("Cookie", f"@word={text}")]))
    assert found == {"class": name, "values": [text, 1, []]}
    refusal = modelled.get(f"/api/{library}/query?{quote('page[number]')}={text}&tag={text}&other={text}")
    assert errors(refusal) == {("query", member) for member in ("@word", "page[number]", "tag.0", "other")}
    refusal = modelled.post(f"/api/{library}/body", json={"page[number]": text, "tag": [1, [text]]})
    assert errors(refusal) == {("body", member) for member in ("@word", "page[number]", "tag.1")}


@must("REQUEST-3c", kills="request_libraries_imported_at_once")
def test_no_library_is_imported_that_the_service_does_not_name(requested: Service) -> None:
    assert result(requested.get("/api/imported")) == {"imported": []}


@must("REQUEST-4", kills=("request_field_without_its_alias", "request_field_without_its_constraints"))
@pytest.mark.parametrize("libraries", ["utype"])
def test_a_field_of_utype_says_what_a_parameter_takes(modelled: Service, libraries: str) -> None:
    if libraries not in members(modelled.get("/api/libraries"), installed=list)["installed"]:
        problem(modelled.get("/api/field/word"), 404)
        return
    text, digit = word()[:7], seeded_random.below(9) + 1
    sent = quote("page[number]")
    found = result(modelled.get(f"/api/field/{text}?{sent}={digit}&letters=cab&tag={digit}"))
    assert found == {"values": [text, digit, "cab", [digit, digit]]}
    for _ in range(2):  # a default that is made is nobody else's
        assert result(modelled.get(f"/api/field/{text}?{sent}={digit}")) == {"values": [text, digit, "abc", [digit]]}
    refusal = modelled.get(f"/api/field/{text}{text}?number={digit}&letters=abcc")
    assert errors(refusal) == {("path", "word"), ("query", "page[number]"), ("query", "letters")}
    refusal = modelled.get(f"/api/field/{text}?{sent}=1{digit}&letters=abd")
    assert errors(refusal) == {("query", "page[number]"), ("query", "letters")}


@must("REQUEST-5a", kills="request_regex_matches_a_beginning")
def test_a_segment_that_misses_its_regex_is_another_routes_or_not_found(requested: Service) -> None:
    code = f"ab{number()}"
    assert result(requested.get(f"/api/path/code/{code}")) == {"code": code}
    for other in (f"{code}x", f"x{code}", code.upper(), "ab", f"ab%2F{code}"):
        problem(requested.get(f"/api/path/code/{other}"), 404)
    assert result(requested.get(f"/api/path/either/{code[2:]}")) == {"number": int(code[2:])}
    assert result(requested.get(f"/api/path/either/{code}")) == {"word": code}


@must("REQUEST-5b", kills="request_slug_of_any_characters")
def test_a_slug_is_words_joined_by_hyphens(requested: Service) -> None:
    text = word()
    for slug in (text, f"{text}-1", f"1-{text}-b-2"):
        assert result(requested.get(f"/api/path/post/{slug}")) == {"slug": slug}
    for other in (
        f"{text}-",
        f"-{text}",
        f"{text}--1",
        f"{text}_1",
        f"{text}A",
        f"{text}%C3%A9",
        f"{text}%20",
        f"{text}%0A",
    ):
        problem(requested.get(f"/api/path/post/{other}"), 404)


@must("REQUEST-5c", kills=("request_file_of_one_segment", "request_file_before_templates"))
def test_a_file_path_is_the_rest_of_the_path(requested: Service) -> None:
    a, b = word(), word()
    for sent, path in (
        (a, a),
        (f"{a}/{b}/c.txt", f"{a}/{b}/c.txt"),
        (f"{a}%2F{b}/%C3%A9%2525+c", f"{a}/{b}/é%25+c"),
        (f"{a}/./..{b}/...", f"{a}/./..{b}/..."),
        (f"{a}/{b}/", f"{a}/{b}"),
        (f"{a}/{b}/info", f"{a}/{b}/info"),
    ):
        assert result(requested.get(f"/api/path/file/{sent}")) == {"path": path}, sent
    assert result(requested.get(f"/api/path/file/{a}/info")) == {"name": a}
    problem(requested.get("/api/path/file"), 404)


@must("REQUEST-5c", kills="request_file_leads_out")
def test_no_file_path_leads_out(requested: Service) -> None:
    text = word()
    for sent in (
        "..",
        f"../{text}",
        f"{text}/..",
        f"{text}/../..",
        "%2e%2e",
        f"{text}%2F..%2F..",
        f"{text}/%2E./{text}",
    ):
        problem(requested.get(f"/api/path/file/{sent}"), 404)


@must("REQUEST-5d", kills="request_path_default_not_left_out")
def test_path_parameters_with_defaults_at_the_end_may_be_left_out(requested: Service) -> None:
    part = number()
    assert result(requested.get(f"/api/path/page/fr/{part}")) == {"lang": "fr", "number": part}
    assert result(requested.get("/api/path/page/fr")) == {"lang": "fr", "number": 1}
    assert result(requested.get("/api/path/page")) == {"lang": "en", "number": 1}
    assert result(requested.get("/api/path/page/de")) == {"fixed": "de"}
    problem(requested.get(f"/api/path/page/{part}"), 404)


@must("REQUEST-6", kills=("request_alias_as_an_identifier", "route_header_asked_for_as_declared"))
def test_an_alias_is_any_text(requested: Service) -> None:
    text, part = word(), number()
    sent = {"page[size]": part, "@type": text, "class": "c", "größe, &=+%": f"{text}+"}
    query = "&".join(f"{quote(name, safe='')}={quote(str(value))}" for name, value in sent.items())
    assert result(requested.get(f"/api/alias/query?{query}")) == {
        "size": part,
        "kind": text,
        "class": "c",
        "other": f"{text}+",
    }
    assert errors(requested.get("/api/alias/query")) == {("query", name) for name in sent}
    body = {"page[size]": part, "class é": text}
    assert result(requested.post("/api/alias/body", json=body)) == {"size": part, "class": text}
    assert errors(requested.post("/api/alias/body", json={"class_": text})) == {("body", name) for name in body}
    headers = [("x-word-of", text), ("Cookie", f"session[id]={part}")]
    assert result(requested.get("/api/alias/header", headers=headers)) == {"word": text, "session": str(part)}
    assert errors(requested.get("/api/alias/header")) == {("header", "X-Word-OF"), ("cookie", "session[id]")}


@must("REQUEST-7a", kills="request_annotated_marker_ignored")
def test_a_marker_stands_as_default_or_in_annotated(requested: Service) -> None:
    a, b, c, d, e, f = (number() for _ in range(6))
    found = result(requested.get(f"/api/alias/positions?bare={a}&called={b}"))
    assert found == {"values": [a, b, 3, 4, 5, None]}
    sent = [("Named", str(e)), *cookie(absent=f)]
    found = result(requested.get(f"/api/alias/positions?bare={a}&called={b}&given={c}&note-d={d}", headers=sent))
    assert found == {"values": [a, b, c, d, e, f]}
    assert errors(requested.get("/api/alias/positions?noted=1")) == {("query", "bare"), ("query", "called")}


@must("REQUEST-7b", kills=("request_bounds_of_the_query_alone", "request_regex_of_no_list"))
def test_constraints_hold_wherever_a_parameter_is_sent(requested: Service) -> None:
    digit, text = seeded_random.below(8) + 1, "".join("abc"[seeded_random.below(3)] for _ in range(3))
    assert result(requested.get(f"/api/bound/path/1{digit}")) == {"bound": 10 + digit}
    for other in ("10", "20", f"2{digit}"):
        assert errors(requested.get(f"/api/bound/path/{other}")) == {("path", "number")}
    found = result(requested.get(f"/api/bound/query?number=1.{digit}&word={text}&tag=a&tag=c&tag=b"))
    assert found == {"bound": [float(f"1.{digit}"), text, ["a", "c", "b"]]}
    assert result(requested.get("/api/bound/query")) == {"bound": [1.5, "abc", ["a", "b"]]}
    for sent, name in {
        f"number=2.{digit}": "number",
        f"number=0.{digit}": "number",
        f"word={text}a": "word",
        f"word={text[1:]}": "word",
        "word=abd": "word",
        "tag=a": "tag",
        "tag=a&tag=b&tag=c&tag=a": "tag",
        "tag=a&tag=d": "tag",
    }.items():
        assert errors(requested.get(f"/api/bound/query?{sent}")) == {("query", name)}, sent
    assert result(requested.get("/api/bound/header", headers=[("X-Number", f"-{digit}")])) == {"bound": -digit}
    assert errors(requested.get("/api/bound/header", headers=[("X-Number", "5")])) == {("header", "X-Number")}
    assert result(requested.get("/api/bound/cookie", headers=cookie(word=text))) == {"bound": text}
    for other in (text[0], text + text[:2]):
        assert errors(requested.get("/api/bound/cookie", headers=cookie(word=other))) == {("cookie", "word")}
    assert result(requested.post("/api/bound/body", json={"number": 5, "word": "aa"})) == {"bound": [5, "aa"]}
    refusal = requested.post("/api/bound/body", json={"number": 4, "word": "ab"})
    assert errors(refusal) == {("body", "number"), ("body", "word")}
