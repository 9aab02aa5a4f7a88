"""The signature of a failure: telling enough to know it again, the same in every run."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conformance.contract.variant import Variant
from conformance.foundation.exceptions import ScenarioFailed, ServiceDied, ServiceHung
from conformance.judging import fingerprint
from conformance.judging.fingerprint import Comparison, failure_of, shown
from conformance.target.exchange import Exchange
from tests.module_file import import_file

FLASK = Variant.parse("flask-sync")
HTML = Exchange(b"", b"", 404, (("content-type", "text/html; charset=utf-8"),), b"<p>")
BARE = Exchange(b"", b"", 500, (), b"")

Check = Callable[[str], Any]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Makes a module of checks out of source text, and gives its namespace."""
    monkeypatch.setattr(fingerprint, "CHECKS", tmp_path)

    def make(source: str) -> Any:
        file = tmp_path / f"test_{secrets.token_hex(4)}.py"
        file.write_text(source)
        return import_file(file)

    return make


def told(function: Callable[..., object], *arguments: object, comparison: Comparison | None = None) -> tuple[str, str]:
    with pytest.raises(AssertionError) as failed:
        function(*arguments)
    found = failure_of(failed, FLASK, comparison)
    return found.expected, found.came


STATUS = """
def status(answer, status):
    assert answer.status == status, str(answer)

def test_status(given):
    answer = given()
    status(answer, 200)
"""


def test_a_status_that_was_not_expected_is_told_with_the_answers_media_type(check: Check) -> None:
    made = check(STATUS)
    found = told(made.test_status, lambda: HTML, comparison=Comparison("==", 404, 200))
    assert found == ("answer.status == status", "404 text/html")
    found = told(made.test_status, lambda: BARE, comparison=Comparison("==", 500, 200))
    assert found == ("answer.status == status", "500 (no content type)")


BOTH = "first 404 text/html; second 500 (no content type)"


@pytest.mark.parametrize(
    ("expression", "comparison", "came"),
    [
        ("first.body == second.body", Comparison("==", b"a", b"b"), f"{BOTH}; b'a'"),
        ("second.body == 1", Comparison("==", b"x", 1), f"{BOTH}; b'x'"),
    ],
)
def test_several_answers_are_told_by_their_names(
    check: Check, expression: str, comparison: Comparison, came: str
) -> None:
    made = check(f"def test_it(second, first):\n    if first:\n        assert ({expression}) and False\n")
    assert told(made.test_it, BARE, HTML, comparison=comparison)[1] == came


@pytest.mark.parametrize(
    ("source", "comparison", "signature"),
    [
        ("assert 0 == (\n    1\n)", Comparison("==", {"b": 1, "a": [2]}, 1), ("0 == ( 1 )", "{'a': [2], 'b': 1}")),
        ("assert 'x' in 'it'", Comparison("in", "x", "it was 5"), ("'x' in 'it'", "'it was 5'")),
        ("assert 'i' not in 'it'", Comparison("not in", "i", "it"), ("'i' not in 'it'", "'i'")),
        ("wrong = ['this']\nassert not wrong, 'much'", None, ("not wrong", "['this']")),
        ("assert any([])", Comparison("==", "of an earlier one", 2), ("any([])", "false")),
        ("assert not all([])", None, ("not all([])", "true")),
        ("pid = 212\nassert pid == 7", Comparison("==", 212, 7), ("pid == 7", "*")),
        ("pids = {212, 8}\nassert pids == {7}", Comparison("==", {212, 8}, {7}), ("pids == {7}", "{*}")),
        ("pids = [8]\nassert len(pids) == 2", Comparison("==", 1, 2), ("len(pids) == 2", "1")),
        ("code = -15\nassert code == 0", Comparison("==", -15, 0), ("code == 0", "-15")),
    ],
)  # fmt: skip
def test_what_an_assert_says_is_expected_and_the_value_that_was_wrong_came(
    check: Check, source: str, comparison: Comparison | None, signature: tuple[str, str]
) -> None:
    body = source.replace("\n", "\n    ")
    assert told(check(f"def test_it():\n    {body}\n").test_it, comparison=comparison) == signature


TRACEBACK = """Traceback (most recent call last):
  File "/usr/lib/site-packages/acme/api.py", line 12, in <module>
    from acme import nothing
acme.errors.Missing: no 0123456789abcdef
  in /usr/lib/acme.py"""


@pytest.mark.parametrize(
    ("fault", "signature"),
    [
        (
            ScenarioFailed(f"flask-sync: root.py failed at import:\n{TRACEBACK}"),
            (ScenarioFailed.expected, "ScenarioFailed: root.py failed at import: acme.errors.Missing: no *"),
        ),
        (
            ServiceHung("No whole answer within 10 s from 127.65.3.4:43211, or it stays open.\n> GET /"),
            (ServiceHung.expected, "ServiceHung: No whole answer within 10 s from *.*.*.*:*, or it stays open."),
        ),
        *(
            (
                ServiceDied(f"127.65.3.4:43211 {broken}.\n> GET /"),
                (ServiceDied.expected, "ServiceDied: *.*.*.*:* gave no whole answer"),
            )
            for broken in (
                "gave no whole answer: [Errno 104] Connection reset by peer",
                "gave no whole answer: can't handle event type ConnectionClosed when role=SERVER and state=SEND_BODY",
                "closed the connection without an answer",
            )
        ),
        (
            ServiceDied(
                "127.65.3.4:43211 gave no whole answer: illegal status line: bytearray(b'HTTP/1.1 99 X').\n> GET /"
            ),
            (
                ServiceDied.expected,
                "ServiceDied: *.*.*.*:* gave no whole answer: illegal status line: bytearray(b'HTTP/*.* 99 X').",
            ),
        ),
        (
            ServiceDied(f"`python hooks.py` ended with exit status 1 instead of serving. Its output:\nhm\n{TRACEBACK}"),
            (
                ServiceDied.expected,
                "ServiceDied: `python hooks.py` ended with exit status 1 instead of serving: acme.errors.Missing: no *",
            ),
        ),
        (
            AssertionError(f"The probe raised instead of returning:\n{TRACEBACK}"),
            ("ask()", "The probe raised instead of returning: acme.errors.Missing: no *"),
        ),
        (AssertionError(), ("ask()", "AssertionError")),
    ],
)
def test_of_what_the_harness_raised_its_first_line_is_told_and_the_exception_of_its_traceback(
    check: Check, fault: AssertionError, signature: tuple[str, str]
) -> None:
    def ask() -> None:
        raise fault

    made = check("def test_it(ask):\n    with open(__file__):\n        ask()\n")
    assert told(made.test_it, ask) == signature


def test_a_long_value_is_cut_and_several_that_differ_in_what_is_masked_are_one() -> None:
    assert len(shown("x" * 1000)) == fingerprint.LONGEST
    assert shown({f"w{secrets.token_hex(4)}" for _ in range(3)} | {"a"}) == "{'*', 'a'}"
