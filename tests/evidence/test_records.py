"""What is kept of a case: written and read again, cut where it is long, and compared with the present."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped, unused-ignore]

from conformance.evidence import records
from conformance.evidence.records import CUT, SCHEMA_FILE, Environment, Record, observed
from conformance.foundation.exceptions import BadUsage
from conformance.target.exchange import Exchange, request_bytes
from conformance.target.trace import Probe, Trace

HERE = Environment("Linux", "3.11.7", {"flask": "3.1.3"}, (("werkzeug", None, None),), {"root": "0" * 64}, "1" * 64)


def exchange(
    path: str, body: bytes = b"", port: int = 5000, answer: bytes = b"HTTP/1.1 200 OK\r\n\r\n\xff"
) -> Exchange:
    sent = request_bytes("POST", path, f"127.0.0.1:{port}", body=body)
    return Exchange(sent, answer, 200, (), b"", ("127.0.0.1", port))


def record(*exchanges: Exchange, **changed: Any) -> Record:
    told: dict[str, Any] = {
        "node": "test_route.py::test_a[flask-sync-b]",
        "check": "test_route.py::test_a",
        "case": "b",
        "variant": "flask-sync",
        "outcome": "failed",
        "reason": "2 instead of 1",
        "seed": 7,
        "implementation": "reference",
        "options": {},
        "provider": "utilmeta-reference 0.1.0",
        "environment": HERE,
        **observed(Trace(list(exchanges)), passed=True),
        **changed,
    }
    return Record(**told)


def test_what_is_kept_is_read_again_byte_for_byte(tmp_path: Path) -> None:
    trace = Trace([exchange("/é", b"\x00\xff\r\n")], [exchange("/api/nonce")], [Probe("root", "f", {"a": 1}, None)])
    before = record(**observed(trace, passed=False))
    name = records.keep(before, tmp_path)
    assert name == "flask-sync/test_route.test_a.jsonl"
    [after] = records.read(tmp_path / name)
    assert after == before
    assert after.exchanges[0]["sent"]["bytes"].encode("latin-1") == trace.exchanges[0].sent
    assert after.exchanges[0]["received"]["bytes"].encode("latin-1") == trace.exchanges[0].received


def test_each_case_of_a_check_is_a_line_of_its_file(tmp_path: Path) -> None:
    names = {records.keep(record(node=f"test_route.py::test_a[flask-sync-{case}]"), tmp_path) for case in "bcd"}
    [name] = names
    assert len(records.read(tmp_path / name)) == 3


def test_a_long_message_is_cut_and_known_by_its_length_and_hash() -> None:
    one, other = exchange("/a", b"x" * CUT + b"y"), exchange("/a", b"x" * CUT + b"z")
    [kept, _] = record(one, other).exchanges
    assert kept["sent"]["bytes"] == one.sent[:CUT].decode("latin-1")
    assert kept["sent"]["length"] == len(one.sent)
    wherever = one.sent.replace(b"127.0.0.1:5000", b"{address}")
    assert kept["sent"]["sha256"] == hashlib.sha256(wherever).hexdigest()
    assert len(record(one, other).requests) == 2


@pytest.mark.parametrize("body", [b"x", b"x" * CUT], ids=["short", "long"])
def test_a_request_is_the_same_at_another_address(body: bytes) -> None:
    assert record(exchange("/a", body)).requests == record(exchange("/a", body, port=61234)).requests
    assert record(exchange("/a", body)).requests != record(exchange("/b", body)).requests


def test_another_environment_is_told_in_sentences() -> None:
    there = replace(
        HERE,
        system="Darwin",
        python="3.12.1",
        frameworks={"flask": "3.2"},
        scenarios={"root": "2" * 64},
        check="3" * 64,
    )
    assert HERE.differences(HERE) == []
    assert HERE.differences(there) == [
        "the operating system was Linux and is Darwin",
        "Python was 3.11.7 and is 3.12.1",
        "flask was 3.1.3 and is 3.2",
        "scenario root has changed since",
        "the source of the check has changed since",
    ]
    assert HERE.differences(replace(HERE, frameworks={})) == ["flask was 3.1.3 and is not there"]


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (((None, "h11", None),), ["the server was werkzeug and is h11"]),
        ((("werkzeug", None, None), ("uvicorn", "h11", None)), []),
        ((), []),
    ],
)
def test_another_server_is_told_once_it_has_served(now: tuple[tuple[str | None, ...], ...], told: list[str]) -> None:
    assert HERE.served_otherwise(replace(HERE, servers=now)) == told


def test_a_scenario_changes_with_those_that_it_imports(tmp_path: Path) -> None:
    def hashed() -> str:
        records.source_of_scenario.cache_clear()
        return records.source_of_scenario(tmp_path, "one")

    (tmp_path / "one.py").write_text("import os\nfrom native import word\n")
    (tmp_path / "native.py").write_text("word = 1\n")
    (tmp_path / "other.py").write_text("")
    before = hashed()
    (tmp_path / "other.py").write_text("changed = True\n")
    assert hashed() == before
    (tmp_path / "native.py").write_text("word = 2\n")
    assert hashed() != before


def without(member: str) -> str:
    value = json.loads(records.as_line(record()))
    del value[member]
    return json.dumps(value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "holds no evidence: it is empty"),
        ("{", "line 1 is not JSON"),
        ("é", "cannot be read as evidence"),
        ("[]", "line 1 is no evidence of a case, at its top"),
        (without("seed"), "line 1 is no evidence of a case, at its top: 'seed' is a required property"),
        (records.as_line(record()) + without("environment"), "line 2 is no evidence of a case, at its top: 'environ"),
        (records.as_line(record(outcome="green")), "at outcome: 'green' is not one of"),
    ],
)
def test_what_is_no_evidence_is_refused_naming_what_is_missing(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BadUsage) as refusal:
        records.read(file)
    assert said in str(refusal.value)
    assert str(file) in str(refusal.value)


def test_a_label_is_put_on_its_case_alone(tmp_path: Path) -> None:
    nodes = ["test_route.py::test_a[flask-sync-b]", "test_route.py::test_a[flask-sync-c]"]
    for node in nodes:
        name = records.keep(record(node=node), tmp_path)
    records.label(tmp_path / name, {nodes[1]: "flaky 1/3"})
    assert [each.replays for each in records.read(tmp_path / name)] == ["", "flaky 1/3"]


def test_a_new_run_takes_away_the_evidence_of_the_last_and_nothing_else(tmp_path: Path) -> None:
    records.keep(record(), tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("kept")
    records.clear(tmp_path)
    assert [file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*")] == ["mine", "mine/notes.txt"]
    records.clear(tmp_path / "nowhere")


def test_the_schema_is_a_valid_one() -> None:
    Draft202012Validator.check_schema(json.loads(SCHEMA_FILE.read_text("utf-8")))
