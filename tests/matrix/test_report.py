"""Writing, reading and comparing report.json."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conformance.judging.verdict import Outcome
from matrix.counts import Counts
from matrix.errors import (
    FooterDisagrees,
    NoFooter,
    NoSuchReport,
    NotJSON,
    ReportError,
    SchemaMismatch,
    TwoVerdicts,
    Undescribed,
    UnknownSchema,
    UnreadableReport,
)
from matrix.header import Selection, VariantStamp
from matrix.report import SCHEMA_FILE, Report, begin, dump, load, without_times
from tests.matrix.samples import header, incident, report, verdict

FAILED = incident(Outcome.FAILED, log="one\ntwo\n", exchanges=("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 500 É\r\n\r\n"))


def sample() -> Report:
    return report(
        verdict("HOOK-10", "flask-sync"),
        verdict("HOOK-2", "sanic-async", Outcome.FAILED, FAILED),
        verdict("HOOK-2", "flask-sync", Outcome.UNVERIFIED),
        about=header(selection=Selection(("flask", "sanic"), ("sync", "async"), ("HOOK-*",))),
    )


def edited(tmp_path: Path, edit: Callable[[Any], object]) -> Path:
    """A file that holds the sample after `edit` has been at its JSON."""
    value = sample().as_json()
    edit(value)
    path = tmp_path / "report.json"
    path.write_text(json.dumps(value), "utf-8")
    return path


def refusal(path: Path, kind: type[ReportError]) -> str:
    with pytest.raises(kind) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}: ")
    return str(caught.value).removeprefix(f"{path}: ")


def test_what_was_dumped_is_loaded_as_the_same_value(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "reference" / "report.json"
    dump(sample(), path)
    assert load(path) == sample()
    assert [file.name for file in path.parent.iterdir()] == ["report.json"]


def test_the_file_is_indented_ends_in_a_newline_and_has_its_keys_in_order(tmp_path: Path) -> None:
    dump(sample(), tmp_path / "report.json")
    text = (tmp_path / "report.json").read_text("utf-8")
    assert text.startswith('{\n  "schema": 1,\n  "header": {\n    "contract": {')
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")
    assert list(json.loads(text)) == ["schema", "header", "verdicts", "footer"]
    assert "500 É" in text


def test_a_byte_of_a_log_that_is_no_utf8_survives(tmp_path: Path) -> None:
    log = b"caf\xe9".decode("utf-8", "surrogateescape")
    said = report(verdict("HOOK-2", "flask-sync", Outcome.FAILED, incident(Outcome.FAILED, log=log)))
    dump(said, tmp_path / "report.json")
    assert load(tmp_path / "report.json").verdicts[0].incidents[0].log == log


def test_a_report_that_could_not_be_loaded_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(SchemaMismatch, match=r"verdicts\[0\].mode"):
        dump(report(verdict("HOOK-2", "flask-both"), about=header(["flask-both"])), tmp_path / "report.json")
    assert list(tmp_path.iterdir()) == []


def test_a_dump_that_is_refused_leaves_the_report_that_was_there(tmp_path: Path) -> None:
    dump(sample(), tmp_path / "report.json")
    with pytest.raises(SchemaMismatch, match=r"footer\.seconds"):
        dump(report(seconds=-1.0), tmp_path / "report.json")
    assert load(tmp_path / "report.json") == sample()


def test_verdicts_are_sorted_by_requirement_then_backend_then_mode() -> None:
    cells = [("HOOK-2", "flask-async"), ("HOOK-2", "flask-sync"), ("HOOK-2", "sanic-async"), ("HOOK-10", "flask-async")]
    about = header(["flask-async", "flask-sync", "sanic-async"])
    for shuffled in permutations(cells):
        said = report(*(verdict(*cell) for cell in shuffled), about=about)
        assert [(each.requirement, f"{each.backend}-{each.mode}") for each in said.verdicts] == cells


def test_the_order_in_which_workers_deliver_does_not_show(tmp_path: Path) -> None:
    first, second = incident(Outcome.FAILED, "a"), incident(Outcome.FAILED, "b")
    one = replace(verdict("HOOK-2", "flask-sync", Outcome.FAILED, first, second), checks=("a", "b"))
    other = replace(one, checks=("b", "a"), incidents=(second, first))
    dump(report(one, about=header(["flask-sync", "sanic-async"])), tmp_path / "one")
    dump(report(other, about=header(["sanic-async", "flask-sync"])), tmp_path / "other")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_frameworks_of_a_variant_are_written_by_name() -> None:
    stamp = VariantStamp("flask", "sync", {"werkzeug": "3", "flask": "3"}, "Server")
    assert list(stamp.frameworks) == ["flask", "werkzeug"]


def test_requirements_stay_in_the_order_of_the_contract(tmp_path: Path) -> None:
    dump(report(about=header(requirements=["SERVICE-1", "ASYNC-1"])), tmp_path / "report.json")
    assert list(load(tmp_path / "report.json").header.requirements) == ["SERVICE-1", "ASYNC-1"]


def test_two_runs_that_found_the_same_are_equal_but_for_their_times() -> None:
    one = report(verdict("HOOK-2", "flask-sync"))
    other = report(
        verdict("HOOK-2", "flask-sync"),
        about=header(started="2027-01-01T00:00:00Z"),
        finished="2027-01-01T00:00:01Z",
        seconds=1.5,
    )
    assert one != other
    assert without_times(one) == without_times(other)


def test_two_runs_that_found_something_else_differ_without_their_times() -> None:
    one, other = (report(verdict("HOOK-2", "flask-sync", said)) for said in (Outcome.PASSED, Outcome.KNOWN))
    assert without_times(one) != without_times(other)


def test_the_footer_holds_counts_and_exit_code_of_the_verdicts() -> None:
    footer = sample().footer
    assert (footer.counts, footer.exit_code) == (Counts(passed=1, failed=1, unverified=1), 1)


def test_a_report_with_two_verdicts_for_a_cell_cannot_be_built() -> None:
    with pytest.raises(TwoVerdicts, match="two verdicts for HOOK-2 on flask-sync; a cell has one"):
        report(verdict("HOOK-2", "flask-sync"), verdict("HOOK-2", "flask-sync", Outcome.FAILED))


def test_a_verdict_on_a_requirement_that_the_header_lacks_is_refused() -> None:
    with pytest.raises(Undescribed, match="TIME-1 on flask-sync, which its header does not list in requirements"):
        report(verdict("TIME-1", "flask-sync"))


def test_a_verdict_on_a_variant_that_the_header_lacks_is_refused() -> None:
    with pytest.raises(Undescribed, match="HOOK-2 on flask-async, which its header does not list in variants"):
        report(verdict("HOOK-2", "flask-async"))


def test_a_missing_file_is_named_with_the_command_that_writes_it(tmp_path: Path) -> None:
    assert "no such file; a run of the harness (nox -s conformance)" in refusal(tmp_path / "none", NoSuchReport)


def test_a_folder_in_place_of_a_report_cannot_be_read(tmp_path: Path) -> None:
    assert refusal(tmp_path, UnreadableReport).startswith("the file cannot be read: ")


@pytest.mark.parametrize(
    "content",
    [b"", b'{"schema": 1, "hea', b"\xff\xfe\x00", b"[" * 200_000, b"[NaN]", b"[-Infinity]"],
    ids=["empty", "half", "binary", "deep", "NaN", "infinity"],
)
def test_what_is_not_json_is_called_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(content)
    assert refusal(path, NotJSON).startswith("this is not JSON: ")


def test_a_report_of_another_schema_is_not_read_even_if_the_rest_fits(tmp_path: Path) -> None:
    said = refusal(edited(tmp_path, lambda value: value.update(schema=2)), UnknownSchema)
    assert said == "its schema is number 2, and this version of matrix reads number 1 only"


@pytest.mark.parametrize("edit", [lambda value: value.pop("footer"), lambda value: value.update(footer=None)])
def test_a_report_without_a_footer_proves_nothing(tmp_path: Path, edit: Callable[[Any], object]) -> None:
    said = refusal(edited(tmp_path, edit), NoFooter)
    assert said == "it has no footer: the run that wrote it did not finish, so it proves nothing; run it again"


def test_a_run_that_began_and_did_not_finish_leaves_a_report_without_footer(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "report.json"
    dump(sample(), path)
    begin(path)
    refusal(path, NoFooter)
    dump(sample(), path)
    assert load(path) == sample()


def test_the_first_run_makes_the_folder_of_its_report(tmp_path: Path) -> None:
    begin(tmp_path / "reports" / "reference" / "report.json")
    refusal(tmp_path / "reports" / "reference" / "report.json", NoFooter)


MISMATCHES: dict[str, tuple[Callable[[Any], object], str]] = {
    "an outcome that does not exist": (
        lambda v: v["verdicts"][1].update(verdict="green"),
        "verdicts[1].verdict: 'green'",
    ),
    "a mode that does not exist": (lambda v: v["verdicts"][0].update(mode="both"), "verdicts[0].mode: 'both'"),
    "a keyword that does not exist": (
        lambda v: v["header"]["requirements"]["HOOK-2"].update(keyword="COULD"),
        "keyword: 'COULD'",
    ),
    "an unknown member at the top": (lambda v: v.update(extra=1), "its top: Additional properties"),
    "an unknown member of the header": (lambda v: v["header"].update(extra=1), "at header: Additional properties"),
    "an unknown member of a verdict": (lambda v: v["verdicts"][0].update(extra=1), "verdicts[0]: Additional"),
    "an unknown member of a variant": (
        lambda v: v["header"]["variants"][1].update(extra=1),
        "header.variants[1]: Addit",
    ),
    "an unknown member of an evidence": (
        lambda v: v["verdicts"][0]["evidence"][0].update(extra=1),
        "verdicts[0].evidence[0]: Additional",
    ),
    "an unknown count": (lambda v: v["footer"]["counts"].update(skipped=1), "footer.counts: Additional"),
    "a missing member": (lambda v: v["header"].pop("python"), "at header: 'python' is a required property"),
    "no schema number": (lambda v: v.pop("schema"), "its top: 'schema' is a required property"),
    "a schema that is true": (lambda v: v.update(schema=True), "at schema: 1 was expected"),
    "an exit code that nobody returns": (lambda v: v["footer"].update(exit_code=2), "footer.exit_code: 2"),
    "a negative count": (lambda v: v["footer"]["counts"].update(passed=-1), "footer.counts.passed: -1"),
    "an hour that is not UTC": (lambda v: v["header"].update(started="2026-11-22T16:52:00+01:00"), "header.started: "),
    "a time without a zone": (lambda v: v["footer"].update(finished="2026-11-22T16:52:00"), "footer.finished: "),
    "a hash cut short": (lambda v: v["header"]["contract"].update(hash="sha256:00"), "header.contract.hash: "),
    "a requirement that is no id": (
        lambda v: v["verdicts"][0].update(requirement="hook 2"),
        "verdicts[0].requirement: ",
    ),
    "a backend that is a path": (lambda v: v["header"]["variants"][0].update(backend="../x"), "variants[0].backend: "),
}


@pytest.mark.parametrize(("edit", "said"), MISMATCHES.values(), ids=MISMATCHES)
def test_what_the_schema_does_not_allow_is_refused_naming_the_member(
    tmp_path: Path, edit: Callable[[Any], object], said: str
) -> None:
    sentence = refusal(edited(tmp_path, edit), SchemaMismatch)
    assert sentence.startswith("it does not match the schema of reports at ")
    assert said in sentence


def test_json_that_is_no_object_does_not_match_the_schema(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("[]")
    assert "its top: [] is not of type 'object'" in refusal(path, SchemaMismatch)


def test_a_mismatch_is_told_in_few_words_however_long_the_value(tmp_path: Path) -> None:
    path = edited(tmp_path, lambda value: value.update(header="x" * 10_000))
    assert len(refusal(path, SchemaMismatch)) < 300


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda v: v["footer"]["counts"].update(passed=3), "counts.passed is 3 in the footer and 1 by the verdicts"),
        (lambda v: v["footer"]["counts"].update(failed=0), "counts.failed is 0 in the footer and 1 by the verdicts"),
        (lambda v: v["verdicts"].pop(), "counts.passed is 1 in the footer and 0 by the verdicts"),
        (lambda v: v["footer"].update(exit_code=0), "exit_code is 0 in the footer and 1 by the verdicts"),
    ],
)
def test_a_footer_that_counts_other_verdicts_is_refused(
    tmp_path: Path, edit: Callable[[Any], object], said: str
) -> None:
    sentence = refusal(edited(tmp_path, edit), FooterDisagrees)
    assert sentence == (
        f"its footer disagrees with its verdicts: {said}, so one of them was edited or lost; run it again"
    )


def test_the_file_names_a_cell_that_it_holds_twice(tmp_path: Path) -> None:
    assert "HOOK-2" in refusal(edited(tmp_path, lambda v: v["verdicts"].append(v["verdicts"][0])), TwoVerdicts)


def test_the_schema_is_a_valid_one_and_closed_everywhere() -> None:
    schema = json.loads(SCHEMA_FILE.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)

    def objects(value: Any) -> list[dict[str, Any]]:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        here = [value] if isinstance(value, dict) and value.get("type") == "object" else []
        return here + [found for each in inner for found in objects(each)]

    assert len(objects(schema)) == 16
    assert all("additionalProperties" in each for each in objects(schema))
