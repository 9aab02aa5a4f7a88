"""REQUEST: what a body becomes, and what is said of one that is malformed."""

from __future__ import annotations

import json as jsonlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from conformance.checks import library, malformed_bodies
from conformance.checks.malformed_bodies import (
    DEPTH,
    DIGITS,
    FIELDS,
    JSON,
    MULTIPART,
    TEXT,
    URLENCODED,
    Malformed,
    Takes,
)
from conformance.checks.problem import REFUSALS, errors, refused
from conformance.checks.random_values import number, word
from conformance.checks.request_bodies import FORMS, Pairs, multipart, of_json, sent, urlencoded
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.exchange import request_bytes
from conformance.target.service import Service
from conformance.target.target import Target

MEBIBYTE = 1024 * 1024


@pytest.fixture
def contents(target: Target) -> Service:
    return target.shared("request_bodies")


@pytest.fixture
def schemas(target: Target) -> Service:
    """The scenario of utype's Schemas; unverified where utype is not installed."""
    service = target.shared("request_schemas")
    library.require(service, "utype")
    return service


@must("REQUEST-1c", kills="request_body_of_declared_alone")
def test_a_request_has_the_bytes_of_its_body(contents: Service) -> None:
    text = word()
    for body, kind in ((of_json({"a": text}), JSON), (text.encode(), TEXT), (b"\x00\xff" + text.encode(), "image/png")):
        answer = sent(contents, "received", body, kind)
        assert result(answer) == {"body": body.hex()}, f"{kind}: {answer}"


@must("REQUEST-1h", kills="request_data_is_json")
def test_an_endpoint_that_declares_no_body_finds_it_in_its_request(contents: Service) -> None:
    text = f"ü {word()}"
    for body, kind, data in (
        (of_json([text, {"a": None}]), JSON, [text, {"a": None}]),
        (of_json({"a": text}), "application/vnd.x+json", {"a": text}),
        (*urlencoded([("a", text), ("b", "1"), ("a", "+%")]), {"a": [text, "+%"], "b": ["1"]}),
        (*multipart([("a", text), ("b", "1"), ("a", "+%")]), {"a": [text, "+%"], "b": ["1"]}),
        (text.encode("utf-16"), "text/csv; charset=UTF-16", text),
        (text.encode(), "image/png", {"bytes": text.encode().hex()}),
        (b"", JSON, None),
    ):
        answer = sent(contents, "undeclared", body, kind)
        assert result(answer) == {"body": body.hex(), "data": data}, f"{kind}: {answer}"
    assert result(contents.post("/api/undeclared")) == {"body": "", "data": None}
    refused(sent(contents, "undeclared", b'{"a": '), 400)


@must("REQUEST-10a", kills="request_json_model_is_a_mapping")
def test_a_schema_takes_the_whole_json(schemas: Service) -> None:
    name, first, text = word(), number(), word()
    parts = [{"word": text, "number": first}, {"word": name, "number": 2}]
    order = {"name": name, "parts": parts}
    assert result(sent(schemas, "schema/order", of_json(order))) == order
    assert result(sent(schemas, "schema/body", of_json(parts[0]))) == parts[0]
    assert result(sent(schemas, "schema/items", of_json(parts))) == parts


@must("REQUEST-10c", kills="request_json_model_is_a_mapping")
def test_a_whole_body_is_of_the_annotated_type(contents: Service) -> None:
    name, first, note = word(), number(), word()
    item = {"name": name, "parts": [{"number": first}, {"number": 2, "note": note, "more": 1}]}
    assert result(sent(contents, "item", of_json(item))) == {"name": name, "parts": [[first, ""], [2, note]]}
    assert result(sent(contents, "mapping", of_json(item))) == item
    assert result(sent(contents, "parts", of_json(item["parts"]))) == [[first, ""], [2, note]]
    wrong = {"parts": [{"number": 1}, {"number": word(), "note": note}]}
    assert errors(sent(contents, "item", of_json(wrong))) == {("body", "name"), ("body", "parts.1.number")}


@must("REQUEST-10b", kills=("request_single_object_is_no_list", "request_single_object_begins_with_its_brace"))
def test_a_single_schema_is_taken_as_a_list_of_one(schemas: Service) -> None:
    for space in (b"", b" ", b"\t", b"\n", b"\r", b"\r\n \t"):
        item = {"word": word(), "number": number()}
        assert result(sent(schemas, "schema/items", space + of_json(item) + space)) == [item], space


@must("REQUEST-10c", kills="request_single_object_is_no_list")
def test_a_single_object_is_taken_as_a_list_of_one(contents: Service) -> None:
    first, note = number(), word()
    for body in (of_json({"number": first, "note": note}), b" \r\n" + of_json({"number": first, "note": note})):
        assert result(sent(contents, "parts", body)) == [[first, note]], body
    assert result(sent(contents, "parts", b"[]")) == []
    for value in (first, note, None):
        refused(sent(contents, "parts", of_json(value)), 400)


@must("REQUEST-11a", kills="request_form_is_urlencoded")
@pytest.mark.parametrize("form", FORMS)
def test_a_schema_takes_a_whole_form(schemas: Service, form: Callable[[Pairs], tuple[bytes, str]]) -> None:
    text, whole = f"ü&=+ {word()}", number()
    answer = sent(schemas, "schema/form", *form([("number", whole), ("word", text)]))
    assert result(answer) == {"word": text, "number": whole}, str(answer)


@must("REQUEST-11c", kills=("request_form_is_urlencoded", "request_form_takes_the_last_of_a_list"))
def test_a_form_is_a_model_of_converted_texts(contents: Service) -> None:
    first, second, name = number(), number(), f"ü&=+ {word()}"
    pairs = [("tags", first), ("name", word()), ("tags", second), ("more", 1), ("name", name)]
    for form in FORMS:
        answer = sent(contents, "form", *form(pairs))
        assert result(answer) == {"name": name, "tags": [first, second], "note": "none"}, f"{form.__name__}: {answer}"
        answer = sent(contents, "texts", *form(pairs))
        assert result(answer) == {"name": name, "tags": str(second), "more": "1"}, f"{form.__name__}: {answer}"
    refused(sent(contents, "form", of_json({"name": name, "tags": [1]})), 415)


@must("ERROR-2b", kills="error_errors_stop_at_the_first")
@pytest.mark.parametrize("form", FORMS)
def test_each_wrong_field_of_a_form_is_named(contents: Service, form: Callable[[Pairs], tuple[bytes, str]]) -> None:
    wrong = sent(contents, "form", *form([("tags", number()), ("tags", word())]))
    assert errors(wrong) == {("body", "name"), ("body", "tags.1")}
    wrong = sent(contents, "fields", *form([("tag", number()), ("tag", word()), ("note", word() * 2)]))
    assert errors(wrong) == {("body", "name"), ("body", "tag.1"), ("body", "note")}


@must("REQUEST-11b", kills="request_file_is_a_text")
def test_a_file_that_nobody_declared_is_named(contents: Service) -> None:
    name = word()
    for path in ("texts", "form", "fields"):
        for filename in ('"x.txt"', '""'):
            parts = malformed_bodies.part(b'; name="name"', b"a") + malformed_bodies.part(b'; name="tags"', b"1")
            file = malformed_bodies.part(f'; name="{name}"; filename={filename}'.encode(), b"\xff\x00")
            answer = sent(contents, path, parts + file + malformed_bodies.END, MULTIPART)
            assert errors(answer) == {("body", name)}, f"{path}, {filename}"


@must("REQUEST-12", kills="request_body_field_by_place")
def test_a_body_parameter_is_a_field_of_the_body(schemas: Service) -> None:
    name, item = word(), {"word": word(), "number": number()}
    assert result(sent(schemas, "schema/fields", of_json({"item": item, "name": name}))) == {"name": name, "item": item}


@must("REQUEST-12b", kills="request_fields_of_json_alone")
def test_single_fields_come_from_json_or_a_form(contents: Service) -> None:
    first, second, name = number(), number(), f"ü&=+ {word()}"
    expected = {"name": name, "tags": [first, second], "note": "none"}
    assert result(sent(contents, "fields", of_json({"name": name, "tag": [first, second]}))) == expected
    for form in FORMS:
        answer = sent(contents, "fields", *form([("tag", first), ("name", word()), ("name", name), ("tag", second)]))
        assert result(answer) == expected, f"{form.__name__}: {answer}"
    for value in ([name], name, None):
        refused(sent(contents, "fields", of_json(value)), 400)
    refused(sent(contents, "fields", b"name=a", TEXT), 415)


@must("REQUEST-13a", kills="request_text_is_latin1")
def test_a_body_of_its_type_is_a_text(contents: Service) -> None:
    text = f"ü€ {word()}"
    assert result(sent(contents, "text", text.encode(), f"{TEXT}; charset=utf-8")) == {"text": text}


@must("REQUEST-13d", kills="error_415_never")
def test_a_body_of_another_type_is_a_text_or_bytes(contents: Service) -> None:
    text = f"ü€ {word()}"
    for kind in (TEXT, "Text/Plain; x=y"):
        assert result(sent(contents, "text", text.encode(), kind)) == {"text": text}, kind
    binary = b"\x00\xff" + text.encode()
    assert result(sent(contents, "image", binary, "image/png")) == {"image": binary.hex()}
    for path, kind in (("text", "text/html"), ("text", JSON), ("image", TEXT), ("image", "image/jpeg"), ("item", TEXT)):
        refusal = sent(contents, path, b"{}", kind)
        refused(refusal, 415)
        assert kind in refusal.text, f"{path}: {refusal}"


@must("REQUEST-13b", kills="request_body_of_any_length")
def test_a_text_past_its_max_length_is_refused(contents: Service) -> None:
    text = word().rjust(100)
    assert result(sent(contents, "text", text.encode(), TEXT)) == {"text": text}
    for more in (1, 1000):
        answer = sent(contents, "text", text.encode() + b"a" * more, TEXT)
        assert answer.status in REFUSALS, str(answer)


@must("REQUEST-13e", kills="request_max_length_in_characters")
def test_more_bytes_than_max_length_are_too_large(contents: Service) -> None:
    text = f"{word()}ü".rjust(99)
    assert result(sent(contents, "text", text.encode(), TEXT)) == {"text": text}
    refused(sent(contents, "text", f"{text} ".encode(), TEXT), 413)
    data = {"a": word()}
    assert result(sent(contents, "short", of_json(data).ljust(100))) == data
    refused(sent(contents, "short", of_json(data).ljust(101)), 413)


@must("REQUEST-13c", kills=("request_charset_ignored", "request_charset_of_json_refused"))
def test_a_text_is_decoded_by_its_charset(contents: Service) -> None:
    text = f"ä {word()}"
    for charset in ("ISO-8859-1", "iso-8859-15", "windows-1252", "UTF-8", "utf8", "UTF-16", "utf-16le"):
        for kind in (f"{TEXT}; charset={charset}", f'{TEXT};a="b;charset=x";Charset="{charset}"'):
            answer = sent(contents, "text", text.encode(charset), kind)
            assert result(answer) == {"text": text}, f"{kind}: {answer}"
    data = {"a": text}
    body = jsonlib.dumps(data, ensure_ascii=False).encode()
    assert result(sent(contents, "mapping", body, f"{JSON}; charset=ISO-8859-1")) == data
    check(contents, malformed_bodies.TEXTS)


PATHS = {
    Takes.JSON: ("mapping", "item", "fields", "undeclared"),
    Takes.FORM: ("texts", "fields"),
    Takes.TEXT: ("text",),
}


def check(service: Service, cases: Iterable[Malformed]) -> None:
    """Each case at each path that takes it has its status, and an answer that tells the words."""
    for case in cases:
        case = case.filled(word())
        for path in PATHS[case.takes]:
            answer = service.send(case.sent_to(f"/api/{path}"), "POST")
            where = f"{case.name}, /api/{path}"
            assert answer.status == case.status, f"{where}: {answer}"
            assert answer.body != b"", f"{where}: nothing is told\n{answer}"
            assert [each for each in case.words if each not in answer.text] == [], f"{where}: {answer}"


@must("REQUEST-14a", kills=("request_last_of_two_members", "request_depth_is_an_exception", "request_infinite_number"))
def test_json_that_is_malformed_is_a_bad_request(contents: Service) -> None:
    check(contents, malformed_bodies.JSONS)


@must("REQUEST-14b", kills=("request_bad_escape_kept", "request_multipart_cut_off", "request_form_nul_kept"))
def test_a_form_that_is_malformed_is_a_bad_request(contents: Service) -> None:
    check(contents, (case for case in malformed_bodies.FORMS if case.status == 400))


@must("REQUEST-14c", kills=("request_form_of_any_size", "request_form_of_a_hundred_fields"))
def test_a_form_has_a_thousand_fields_and_no_more(contents: Service) -> None:
    for case in malformed_bodies.FORMS:
        if case.status == 413:
            for path in PATHS[Takes.FORM]:
                refused(contents.send(case.sent_to(f"/api/{path}"), "POST"), 413)
    name = word()
    for form in FORMS:
        answer = sent(contents, "texts", *form([("a", 1)] * (FIELDS - 1) + [("name", name)]))
        assert result(answer) == {"a": "1", "name": name}, f"{form.__name__}: {answer}"


@must("REQUEST-14d", kills=("request_depth_of_a_hundred", "request_one_name_in_two_objects_refused"))
def test_json_within_the_limits_is_taken(contents: Service) -> None:
    name, most = word(), f"{number()}{'7' * DIGITS}"[:DIGITS]
    answer = sent(contents, "mapping", b'{"%s": [%s, 1e308]}' % (name.encode(), most.encode()))
    assert result(answer) == {name: [int(most), 1e308]}, str(answer)
    deep = malformed_bodies.nested(DEPTH)
    answer = sent(contents, "mapping", deep)
    assert result(answer) == jsonlib.loads(deep), str(answer)
    twice = {name: {name: 1}, "a": [{name: 2}, {name: 3}]}
    assert result(sent(contents, "mapping", of_json(twice))) == twice


@must("REQUEST-14e", kills="request_short_body_of_an_undeclared_one")
def test_no_body_that_ends_too_early_reaches_an_endpoint(contents: Service) -> None:
    for path in ("undeclared", "fields", "texts"):
        for form in FORMS:
            body, kind = form([("name", word())])
            for field, coded in (
                (("Content-Length", str(len(body) + 9)), body),
                (("Transfer-Encoding", "chunked"), b"%x\r\n%s\r\n" % (len(body), body)),
            ):
                head = request_bytes("POST", f"/api/{path}", "localhost", [("Content-Type", kind), field])
                answer = contents.send_and_leave(head + coded, "POST")
                if answer is not None:
                    assert answer.status in (400, 411), f"{path}, {form.__name__}: {answer}"
    assert contents.get("/api/nonce").text == contents.nonce


@must("REQUEST-14f", kills="request_offences_without_number")
def test_offences_without_number_are_told_as_one(contents: Service) -> None:
    wrong = {"note": word()}
    answer = sent(contents, "parts", of_json([wrong] * 1000))
    assert errors(answer) == {("body", f"{number}.number") for number in range(1000)}
    number_of_them = 1001 + seeded_random.below(1000)
    answer = sent(contents, "parts", of_json([wrong] * number_of_them))
    assert errors(answer) == {("body", "parts")}
    right = [{"number": number(), "note": word()} for _ in range(2000)]  # some 80 KiB
    answer = sent(contents, "parts", of_json([*right, wrong, wrong]))
    assert errors(answer) - {("body", "2001.number")} == {("body", "2000.number")}


@must("REQUEST-14g", kills="request_offences_of_a_large_body")
@pytest.mark.parametrize("path", ["parts", "item"])
def test_a_large_body_in_which_all_is_wrong_takes_little_memory(target: Target, path: str) -> None:
    contents = target.shared("request_bodies", max_json_values=MEBIBYTE)
    empty = b"[%s]" % b",".join([b"{}"] * (MEBIBYTE // 3))
    body = {"parts": empty, "item": b'{"name":"a","parts":%s}' % empty}[path]
    before = resident(contents, anew=True)
    answer = sent(contents, path, body)
    assert answer.status in REFUSALS, str(answer)
    assert resident(contents) - before < 60 * MEBIBYTE, "much more is kept of what is wrong with it than it is long"


@must("REQUEST-14g", kills="request_refused_body_is_kept")
@pytest.mark.parametrize("path", ["echo", "nowhere"])
def test_a_body_past_the_limit_is_not_kept(target: Target, path: str) -> None:
    service = target.shared("body_endpoints", max_body_size=2000)
    body = b" " * (64 * MEBIBYTE)
    data = request_bytes("POST", f"/api/{path}", "localhost", [("Content-Type", JSON)], body)
    before = resident(service, anew=True)
    answer = service.send_and_leave(data, "POST")
    assert answer is None or answer.status in REFUSALS, str(answer)
    assert resident(service) - before < 40 * MEBIBYTE, "a body that was refused is kept"
    assert service.get("/api/nonce").text == service.nonce


def resident(service: Service, *, anew: bool = False) -> int:
    """The most bytes of memory that the service's process had, so far or `anew` from now on."""
    process = Path(f"/proc/{service.pid}")
    if anew:
        (process / "clear_refs").write_text("5")
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", (process / "status").read_text())
    return int(peak) * 1024


@must("REQUEST-15", kills=("request_empty_body_is_unparsable", "request_empty_form_above_a_false_default"))
def test_an_empty_body_is_missing_or_the_default(contents: Service) -> None:
    for path, kind in (
        ("item", JSON),
        ("parts", JSON),
        ("text", TEXT),
        ("fields", JSON),
        ("fields", URLENCODED),
        ("form", URLENCODED),
    ):
        refused(sent(contents, path, b"", kind), 400)
        refused(contents.post(f"/api/{path}"), 400)
    assert result(sent(contents, "optional", b"")) == {"data": None}
    assert result(sent(contents, "image", b"", "image/png")) == {"image": b"none".hex()}
    for headers in ([("Content-Type", URLENCODED)], [("Content-Type", "multipart/form-data; boundary=a")], []):
        for path in ("optional_form", "optional"):
            empty = contents.post(f"/api/{path}", headers=headers, body=b"")
            assert result(empty) == {"data": None}, f"{path} {headers}"
    data = {"a": word()}
    assert result(sent(contents, "optional", of_json(data))) == {"data": data}
