"""The differential oracle: what it finds, how small it makes it, what it keeps, and how it refuses."""

from __future__ import annotations

import json
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conformance.__main__ import main
from conformance.differential import run
from conformance.differential.comparison import Disagreement
from conformance.differential.ensemble import chosen_parsers
from conformance.differential.equivalence import Outcome, majority, outcome
from conformance.differential.message import Message
from conformance.differential.pinned import Pinned, pin, pinned
from conformance.differential.vocabulary import may_fail
from conformance.foundation.exceptions import BadUsage, HarnessError
from conformance.target.exchange import Exchange
from conformance.target.implementation import find

VARIANTS = ("flask-sync", "starlette-async", "tornado-async")


def options(folder: Path, **more: Any) -> run.Options:
    report = folder / "differential.json"
    return run.Options(**{"variants": VARIANTS, "report": report, "pins": folder, **more})


def answer(status: int = 200, headers: tuple[tuple[str, str], ...] = (), body: bytes = b"") -> Exchange:
    return Exchange(b"", b"", status, headers, body, ("127.0.0.1", 1))


def message(content: bytes = b"", length: int | None = None, method: str = "POST") -> Message:
    announced = str(len(content) if length is None else length)
    return Message.of("root", method, "/api/echo", [("Host", "localhost"), ("Content-Length", announced)], content)


def test_a_planted_divergence_is_found_and_made_as_small_as_it_gets(tmp_path: Path) -> None:
    said: list[str] = []
    plant = ("route_plus_kept_in_the_query", "tornado-async")
    # A seed draws other examples with another hypothesis, and each Python has its newest: 25 to 220 were needed.
    chosen = options(tmp_path, examples=2000, seed=1, pin=True, plant=plant)
    assert run.run(find("reference"), chosen, said.append) == 1
    (kept,) = pinned(tmp_path)
    path, _, query = kept.message.target.partition("?")
    assert query.count("+") == 1, kept.message
    assert query.count("&") <= 1, kept.message  # beside it no parameter but one that its endpoint requires
    assert kept.message.data.count(b"\r\n") <= 6, kept.message  # no header but Host, Connection, and two of a body
    assert path.startswith("/api/"), kept.message
    report = json.loads(chosen.report.read_text(encoding="utf-8"))
    Draft202012Validator(json.loads(run.SCHEMA_FILE.read_text("utf-8"))).validate(report)
    assert report["variants"]["starlette-async"] == {"http_parser": "HttpToolsProtocol"}
    assert [each["minority"] for each in report["disagreements"]] == [["tornado-async"]]
    assert "tornado-async of 3 variants answer differently" in "\n".join(said)


def test_variants_that_agree_are_said_to_and_what_was_pinned_is_sent_again(tmp_path: Path) -> None:
    said: list[str] = []
    chosen = options(tmp_path, examples=60, seed=7)
    wrong = pin(message(b"1", method="GET"), Outcome("418"), "nobody answers this")
    wrong.write(tmp_path)
    assert run.run(find("reference"), chosen, said.append) == 1
    assert f"pinned example {wrong.name} (nobody answers this):" in said
    assert "flask-sync, starlette-async, tornado-async of 3 variants answer differently" in "\n".join(said)
    assert "it is to be answered:\n418" in "\n".join(said)
    (tmp_path / f"{wrong.name}.toml").unlink()
    assert run.run(find("reference"), chosen, said.append) == 0
    assert "60 examples and 0 pinned ones on 3 variants, seed 7" in said[-1]


def test_uvicorn_has_both_of_its_parsers_and_the_seed_says_where() -> None:
    variants = find("reference").variants
    chosen = [chosen_parsers(variants, seed) for seed in range(10)]
    for each in chosen:
        parsers = [options["http"] for options in each.values() if options]
        assert sorted(set(parsers)) == ["h11", "httptools"]
        assert [variant for variant, options in each.items() if options] == [
            variant for variant in variants if variant.server == "uvicorn"
        ]
    assert chosen[0] == chosen_parsers(variants, 0)
    assert len({str(each) for each in chosen}) > 1


def test_the_schema_of_the_report_is_a_valid_one() -> None:
    Draft202012Validator.check_schema(json.loads(run.SCHEMA_FILE.read_text("utf-8")))


def test_a_run_that_reaches_nothing_verifies_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "LEAST_ACCEPTED", 1.1)
    with pytest.raises(HarnessError, match="were answered 2xx: what is refused at once verifies little"):
        run.run(find("reference"), options(tmp_path, examples=5), lambda line: None)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"examples": 0}, "--examples 0: at least one"),
        ({"variants": ("flask-sync", "nobody")}, "There is no variant 'nobody'"),
        ({"variants": ("flask-sync", "flask-async")}, "three are needed"),
        ({"plant": ("nobody", "flask-sync")}, "There is no mutant 'nobody'"),
        ({"plant": ("canary", "sanic-sync")}, "sanic-sync is none of"),
    ],
)
def test_what_is_not_there_is_bad_usage(tmp_path: Path, more: Mapping[str, Any], said: str) -> None:
    with pytest.raises(BadUsage, match=said):
        run.run(find("reference"), options(tmp_path, **more), lambda line: None)


def test_the_command_line_refuses_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(signal.SIGTERM)
    assert main(["differential", "--examples", "0"]) == 2
    assert "at least one example" in capsys.readouterr().err
    assert signal.getsignal(signal.SIGTERM) is before, "the caller's handler, of a pytest worker for instance, is gone"


def test_what_is_pinned_is_read_as_it_was_written(tmp_path: Path) -> None:
    sent = Message.of("root", "POST", "/api/echo?a=%ff", [("Host", "localhost"), ("X", "\xff")], b"\x00\xff\r\n")
    expected = Outcome("200", (("set-cookie", ("a=1", "b=2")), ("x", ("é",))), b"\x00\xfe")
    pin(sent, expected, "why").write(tmp_path)
    assert list(pinned(tmp_path)) == [Pinned(pin(sent, expected, "why").name, sent, expected, "why")]


@pytest.mark.parametrize(
    ("text", "said"),
    [("{", "is no pinned example"), ('why = "x"', "is no pinned example"), ("OLD", "version 0 of the equivalence")],
)
def test_a_file_that_is_no_pinned_example_is_bad_usage(tmp_path: Path, text: str, said: str) -> None:
    file = pin(message(), Outcome("200"), "why").write(tmp_path)
    written = file.read_text(encoding="utf-8")
    file.write_text(written.replace("equivalence = 1", "equivalence = 0") if text == "OLD" else text, encoding="utf-8")
    with pytest.raises(BadUsage, match=said):
        list(pinned(tmp_path))


def test_answers_are_equal_but_for_what_backend_7_leaves_to_servers() -> None:
    first = answer(headers=(("Date", "now"), ("X-A", "1"), ("X-B", "2"), ("Content-Length", "1")), body=b"x")
    second = answer(headers=(("x-b", "2"), ("X-Request-ID", "7"), ("X-a", "1")), body=b"x")
    assert outcome(message(), first) == outcome(message(), second)
    for other in (
        answer(201, first.headers, b"x"),
        answer(200, first.headers, b"y"),
        answer(200, (*first.headers, ("ETag", "e")), b"x"),
        answer(200, (("X-A", "1"), ("X-B", "3")), b"x"),
        answer(200, (("X-A", "1"), ("X-B", "2"), ("Content-Length", "2")), b"x"),
    ):
        assert outcome(message(), other) != outcome(message(), first)


def test_of_content_that_is_not_whole_any_refusal_is_alike() -> None:
    short = message(b"ab", length=5)
    assert not short.whole
    refused = outcome(short, None)
    assert refused == outcome(short, answer(400)) == outcome(short, answer(499))
    assert refused != outcome(short, answer(200))
    assert refused != outcome(short, answer(500))
    assert outcome(message(), None) != outcome(message(), answer(400))


def test_the_majority_is_what_most_answer() -> None:
    assert majority({"a": Outcome("200"), "b": Outcome("404"), "c": Outcome("404")}) == Outcome("404")


def test_a_failure_that_all_share_is_a_finding_unless_the_endpoint_fails_by_itself() -> None:
    everybody = dict.fromkeys(find("reference").variants, Outcome("500"))
    assert "all 12 variants fail" in str(Disagreement(message(), everybody))
    assert may_fail("root", "/api/failure/crash?secret=a")
    assert not may_fail("root", "/api/echo")
