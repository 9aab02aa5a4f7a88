"""REQUEST: what a request tells an endpoint, and parameters that are more than one value by its name."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from conformance.checks import library
from conformance.checks.framework_facts import FrameworkFacts
from conformance.checks.problem import errors, refused
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
def schemas(target: Target) -> Service:
    """The scenario of utype's Schemas; unverified where utype is not installed."""
    service = target.shared("request_schemas")
    library.require(service, "utype")
    return service


def modelled(target: Target, name: str) -> Service:
    """The scenario of models, of this library and perhaps another one; unverified where it is not installed."""
    service = target.shared("request_library_models", libraries="utype" if name == "utype" else "pydantic,msgspec")
    library.require(service, name)
    return service


def members(answer: Exchange, **kinds: type) -> dict[str, Any]:
    """The object that is the result, which has these members of these types and no other."""
    found: dict[str, Any] = result(answer)
    assert plain_type(found) is dict, str(answer)
    assert {name: plain_type(value) for name, value in found.items()} == kinds, str(answer)
    return found


def cookie(**values: object) -> list[tuple[str, str]]:
    return [("Cookie", "; ".join(f"{name}={value}" for name, value in values.items()))]


@must("REQUEST-1a", kills="request_url_without_the_query")
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_request_has_its_method_url_and_headers(requested: Service, method: str) -> None:
    sent, text = f"/api/asked/{word()}?a={word()}&b=1", word()
    found = members(requested.request(method, sent, headers=[("X-Word", text)]), method=str, url=str, word=str)
    assert found["method"].upper() == method, str(found)
    assert found["word"] == text, str(found)
    url = urlsplit(found["url"])
    assert url.scheme == "http", str(found)
    assert f"{url.path}?{url.query}" == sent, str(found)


@must("REQUEST-1f", kills="request_url_without_the_query")
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


@must("REQUEST-1f", kills="request_headers_as_they_are_spelt")
def test_a_header_is_found_whatever_the_case_of_its_name(requested: Service) -> None:
    text = word()
    found = result(requested.get("/api/headers", headers=[("x-WoRd", text)]))
    assert found == {"items": [text] * 4, "gets": [text] * 4, "in": [True] * 4, "absent": [None, False]}


@must("REQUEST-1b", kills="request_native_is_what_the_server_gave")
def test_the_frameworks_own_request_is_at_hand(requested: Service, target: Target) -> None:
    found = members(requested.get("/api/native"), classes=list)
    packages = {str(name).partition(".")[0] for name in found["classes"]}
    own = {name.partition(".")[0] for name in NATIVE_CLASSES[target.variant.backend]}
    assert packages & {*own, target.variant.backend} != set(), str(found)


@must("REQUEST-1g", kills="request_native_is_what_the_server_gave")
def test_the_frameworks_own_request_is_of_the_class_that_the_table_names(requested: Service, target: Target) -> None:
    found = members(requested.get("/api/native"), classes=list)
    assert NATIVE_CLASSES[target.variant.backend] & set(map(str, found["classes"])) != set(), str(found)


@must("REQUEST-1e", kills="request_time_is_a_number")
def test_the_time_of_a_request_is_a_datetime(requested: Service) -> None:
    assert result(requested.get("/api/moment")) == {"datetime": True}


@must("REQUEST-1i", kills="request_time_of_the_look")
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
    refused(sets.get("/api/default?number=1"))


@must("REQUEST-3a", kills="request_set_as_a_mapping")
def test_a_schema_of_utype_is_a_whole_set_or_body(schemas: Service) -> None:
    text, whole = word(), number()
    item = {"word": text, "number": whole}
    assert result(schemas.get(f"/api/schema/query?word={text}&number={whole}")) == item
    assert result(schemas.get(f"/api/schema/query?word={text}")) == {"word": text, "number": 1}
    for names in (("X-Word", "X-Number"), ("x-word", "X-NUMBER")):
        headers = list(zip(names, (text, str(whole)), strict=True))
        assert result(schemas.get("/api/schema/headers", headers=headers)) == item, names
    assert result(schemas.get("/api/schema/cookies", headers=cookie(word=text, number=whole))) == item
    assert result(schemas.post("/api/schema/body", json=item)) == item
    for query in (f"number={whole}", f"word={text}&number={text}"):
        refused(schemas.get(f"/api/schema/query?{query}"))


CLASSES = {"pydantic": "PydanticModel", "msgspec": "MsgspecStruct", "utype": "UtypeSchema"}


@must("REQUEST-3d", kills="request_set_as_a_mapping")
@pytest.mark.parametrize("name", CLASSES)
def test_a_model_of_an_installed_library_is_taken_as_itself(target: Target, name: str) -> None:
    service = modelled(target, name)
    text, first, second = word(), number(), number()
    whole = {"class": CLASSES[name], "values": [text, first, [first, second]]}
    sent = f"{quote('@word')}={text}&{quote('page[number]')}={first}&tag={first}&tag={second}&unknown=1"
    assert result(service.get(f"/api/{name}/query?{sent}")) == whole
    body = {"@word": text, "page[number]": first, "tag": [first, second], "unknown": 1}
    assert result(service.post(f"/api/{name}/body", json=body)) == whole
    found = result(service.get(f"/api/{name}/cookies", headers=[("Cookie", f"@word={text}")]))
    assert found == {"class": CLASSES[name], "values": [text, 1, []]}


@must("REQUEST-3b", kills=("request_struct_without_its_aliases", "request_schema_without_its_aliases"))
@pytest.mark.parametrize("name", CLASSES)
def test_aliases_as_each_library_writes_them_count(target: Target, name: str) -> None:
    service, text = modelled(target, name), word()
    answer = service.get(f"/api/{name}/query?{quote('@word')}={text}")
    assert answer.status == 200, str(answer)
    assert answer.members()["values"] == [text, 1, []], str(answer)
    refusal = service.get(f"/api/{name}/query?{quote('page[number]')}={text}&tag={text}&other={text}")
    assert errors(refusal) == {("query", member) for member in ("@word", "page[number]", "tag.0", "other")}
    refusal = service.post(f"/api/{name}/body", json={"page[number]": text, "tag": [1, [text]]})
    assert errors(refusal) == {("body", member) for member in ("@word", "page[number]", "tag.1")}


@must("REQUEST-3c", kills="request_libraries_imported_at_once")
def test_no_library_is_imported_that_the_service_does_not_name(requested: Service) -> None:
    assert result(requested.get("/api/imported")) == {"imported": []}


@must("REQUEST-4", kills=("request_field_without_its_alias", "request_field_without_its_constraints"))
def test_a_field_of_utype_says_what_a_parameter_takes(target: Target) -> None:
    service, text, digit = target.shared("request_utype_fields"), word()[:7], seeded_random.below(9) + 1
    library.require(service, "utype")
    sent = f"from={digit}"
    assert result(service.get(f"/api/field/{text}?{sent}&letters=cab")) == {"values": [text, digit, "cab"]}
    assert result(service.get(f"/api/field/{text}?{sent}")) == {"values": [text, digit, "abc"]}
    for other in (
        f"{text}{text}?{sent}",
        f"{text}?from=1{digit}",
        f"{text}?from=0",
        f"{text}?{sent}&letters=abcc",
        f"{text}?{sent}&letters=abd",
    ):
        refused(service.get(f"/api/field/{other}"))


@must("REQUEST-4b", kills="request_factory_of_utype_called_once")
def test_what_a_factory_of_utype_makes_is_of_one_request(target: Target) -> None:
    service = modelled(target, "utype")
    for _ in range(2):
        whole = number()
        assert result(service.get(f"/api/made?number={whole}")) == {"values": [whole]}


@must("REQUEST-18d", kills="request_member_is_any_number")
def test_a_literal_takes_its_values_alone(requested: Service) -> None:
    for colour in ("red", "blue"):
        assert result(requested.get(f"/api/path/literal/{colour}")) == {"colour": colour, "size": 10}
    for other in (word(), f"red?size={51 + seeded_random.below(1000)}", f"red?size={word()}"):
        refused(requested.get(f"/api/path/literal/{other}"))


@must("REQUEST-6", kills="request_alias_as_an_identifier")
def test_an_alias_is_what_is_sent(requested: Service) -> None:
    kind, text, header, session = (word() for _ in range(4))
    headers = [("X-Word-Of", header), ("Cookie", f"from={session}")]
    query = f"{quote('@type')}={kind}&class={text}"
    assert result(requested.get(f"/api/alias/named?{query}", headers=headers)) == {
        "values": [kind, text, header, session]
    }
    assert result(requested.post("/api/alias/named", json={"class": text})) == {"values": [text]}


@must("REQUEST-6c", kills="route_alias_ignored")
def test_members_and_fields_of_utype_are_sent_by_their_alias(requested: Service, target: Target) -> None:
    refused(requested.post("/api/alias/named", json={"class_": word()}))
    refused(modelled(target, "utype").get(f"/api/field/{word()[:7]}?number={seeded_random.below(9) + 1}"))


@must("REQUEST-6b", kills=("request_alias_as_an_identifier", "route_header_asked_for_as_declared"))
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
    body = {"page[size]": part, "class é": text}
    assert result(requested.post("/api/alias/body", json=body)) == {"size": part, "class": text}
    refused(requested.post("/api/alias/body", json={"page[size]": part, "class_": text}))
    headers = [("x-word-of", text), ("Cookie", f"session[id]={part}")]
    assert result(requested.get("/api/alias/header", headers=headers)) == {"word": text, "session": str(part)}


@must("REQUEST-7a", kills="request_bare_marker_ignored")
def test_a_marker_stands_as_default_called_or_bare(requested: Service) -> None:
    bare, called = word(), word()
    sent = {"bare": bare, "called": called}
    assert result(requested.post("/api/alias/called", json=sent)) == {"values": [bare, called, 3]}
    refused(requested.post("/api/alias/called", json={"bare": bare}))


@must("REQUEST-7c", kills="request_annotated_marker_ignored")
def test_a_marker_stands_as_default_or_in_annotated(requested: Service) -> None:
    a, b, c, d, e, f = (number() for _ in range(6))
    found = result(requested.get(f"/api/alias/positions?bare={a}&called={b}"))
    assert found == {"values": [a, b, 3, 4, 5, None]}
    sent = [("Named", str(e)), *cookie(absent=f)]
    found = result(requested.get(f"/api/alias/positions?bare={a}&called={b}&given={c}&note-d={d}", headers=sent))
    assert found == {"values": [a, b, c, d, e, f]}


@must("REQUEST-7b", kills="request_bounds_of_the_query_alone")
def test_constraints_hold_wherever_a_parameter_is_sent(requested: Service) -> None:
    digit, text = seeded_random.below(8) + 1, "".join("abc"[seeded_random.below(3)] for _ in range(3))
    assert result(requested.get(f"/api/bound/path/1{digit}")) == {"bound": 10 + digit}
    for other in ("10", "20", f"2{digit}"):
        refused(requested.get(f"/api/bound/path/{other}"))
    found = result(requested.get(f"/api/bound/query?number=1.{digit}&word={text}"))
    assert found == {"bound": [float(f"1.{digit}"), text]}
    assert result(requested.get("/api/bound/query")) == {"bound": [1.5, "abc"]}
    for sent in (f"number=2.{digit}", f"number=0.{digit}", f"word={text}a", f"word={text[1:]}", "word=abd"):
        refused(requested.get(f"/api/bound/query?{sent}"))
    assert result(requested.get("/api/bound/header", headers=[("X-Number", f"-{digit}")])) == {"bound": -digit}
    refused(requested.get("/api/bound/header", headers=[("X-Number", "5")]))
    assert result(requested.get("/api/bound/cookie", headers=cookie(word=text))) == {"bound": text}
    for other in (text[0], text + text[:2]):
        refused(requested.get("/api/bound/cookie", headers=cookie(word=other)))
    assert result(requested.post("/api/bound/body", json={"number": 5, "word": "aa"})) == {"bound": [5, "aa"]}
    for body in ({"number": 4, "word": "aa"}, {"number": 5, "word": "ab"}):
        refused(requested.post("/api/bound/body", json=body))


@must("REQUEST-7d", kills="request_regex_of_no_list")
def test_constraints_of_a_list_are_those_of_its_number_and_of_each_item(requested: Service) -> None:
    assert result(requested.get("/api/bound/several?tag=a&tag=c&tag=b")) == {"bound": ["a", "c", "b"]}
    assert result(requested.get("/api/bound/several")) == {"bound": ["a", "b"]}
    for sent in ("tag=a", "tag=a&tag=b&tag=c&tag=a", "tag=a&tag=d"):
        refused(requested.get(f"/api/bound/several?{sent}"))
