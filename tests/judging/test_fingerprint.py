"""The failure of a case: telling enough to know it again, the same in every run, and nothing of the check's source."""

from __future__ import annotations

import importlib
import secrets
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import pytest

from conformance.contract.variant import Variant
from conformance.foundation.exceptions import ScenarioFailed, ServiceDied, ServiceHung
from conformance.judging.failure import LONGEST
from conformance.judging.fingerprint import failure_of, shown
from conformance.plugin.worker import comparison_key
from conformance.target.exchange import Exchange
from conformance.target.observed import observed
from conformance.target.trace import ProbeResult

FLASK = Variant.parse("flask-sync")
HTML = Exchange(b"GET / HTTP/1.1", b"", 404, (("content-type", "text/html; charset=utf-8"),), b"<p>no way</p>")
JSON = Exchange(b"", b"", 200, (("allow", "GET"),), b'{"a": [{"b": 1}], "flag": false, "none": null, "pid": 17}')
RAISED = ProbeResult(
    {
        "event": "raised",
        "types": ["acme.errors.Missing", "builtins.LookupError"],
        "message": "no 0123456789abcdef",
        "traceback": "",
    }
)
GAVE = ProbeResult({"event": "answered", "value": {"number": 5}})
TEXT = ProbeResult({"event": "answered", "value": "returned"})
NAMES = {"html": HTML, "json": JSON, "raised": RAISED, "gave": GAVE, "text": TEXT, "observed": observed}

Failed = Callable[..., str]


@pytest.fixture
def failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> Failed:
    """Runs the body of a check, whose asserts pytest rewrites, and returns its failure as text."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def run(body: str, drawn: Collection[str | int] = ()) -> str:
        name = f"rewritten_{secrets.token_hex(4)}"
        lines = body.replace("\n", "\n    ")
        (tmp_path / f"{name}.py").write_text(f"def check({', '.join(NAMES)}):\n    {lines}\n")
        pytest.register_assert_rewrite(name)
        check: Any = importlib.import_module(name).check
        if comparison_key in pytestconfig.stash:
            del pytestconfig.stash[comparison_key]
        with pytest.raises(AssertionError) as caught:
            check(**NAMES)
        return str(failure_of(caught.value, FLASK, pytestconfig.stash.get(comparison_key, None), drawn))

    return run


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        ("assert html.status == 200", "status: expected 200, came 404"),
        ("assert 200 == html.status", "status: expected 200, came 404"),
        ("assert html.status in (200, 201)", "status: expected one of (200, 201), came 404"),
        ("assert html.status not in {404}", "status: expected none of {404}, came 404"),
        ("assert html.status != 404", "status: expected not 404, came 404"),
        ("assert html.status < 400", "status: expected < 400, came 404"),
        ("assert 400 > html.status", "status: expected < 400, came 404"),
        ("assert not html.status == 404", "status: expected not 404, came 404"),
        ("assert [each.status for each in (html, json)] == [200] * 2", "status: expected [200, 200], came [404, 200]"),
        ("assert html.header('Allow') == 'GET'", "header allow: expected 'GET', came None"),
        ("assert json.header('allow') is None", "header allow: expected None, came 'GET'"),
        ("assert html.content_type == 'text/plain'", "header content-type: expected 'text/plain', came 'text/html'"),
        ("assert 'yes' in html.text", "body: expected contains 'yes', came '<p>no way</p>'"),
        ("assert 'no' not in html.text.lower()", "body: expected without 'no', came '<p>no way</p>'"),
        ("assert json.json()['a'][0]['b'] == 2", "body a[].b: expected 2, came 1"),
        ("assert json.json()['flag'] is True", "body flag: expected True, came False"),
        ("assert json.json().get('none') == 'x'", "body none: expected 'x', came None"),
        ("json.json()['c']", "body c: expected a member, came None"),
        ("html.json()", "body: expected JSON, came b'<p>no way</p>'"),
        ("observed([1], 'value')[0]\nassert json.json()['pid'] == 4", "body pid: expected 4, came *"),
        ("assert gave.value['number'] == 6", "value number: expected 6, came 5"),
        ("text.types", "exception: expected an exception, came 'returned'"),
        ("raised.value", "exception: expected a value, came acme.errors.Missing: no *"),
        ("gave.types", "exception: expected an exception, came {'number': 5}"),
        ("assert raised.types[0] == 'x'", "exception types[]: expected 'x', came 'acme.errors.Missing'"),
        ("assert 'yes' in raised.message", "exception message: expected contains 'yes', came 'no *'"),
        ("assert 'x' in observed('log', 'output')", "output: expected contains 'x', came no such text"),
        ("assert observed(-15, 'exit') == 0", "exit: expected 0, came -15"),
        ("assert len([1]) == 2", "value: expected 2, came 1"),
        ("assert 'a' in ['b']", "value: expected contains 'a', came ['b']"),
        ("assert {'b': 1, 'a': {2}} == 1", "value: expected 1, came {'a': {2}, 'b': 1}"),
        ("wrong = ['this']\nassert not wrong", "other: "),
        ("wrong = ['this']\nassert not wrong, f'{len(wrong)} wrong'", "other: 1 wrong"),
        ("wrong = 1\nassert not wrong, str(html)", "other: "),
        ("raise AssertionError('as it is\\nmore')", "other: as it is"),
        ("assert all(each == 1 for each in [2])", "other: "),
        ("try:\n    assert 1 == 2\nexcept AssertionError:\n    raise AssertionError('so') from None", "other: so"),
        ("assert html.status == 404 and not json", "other: "),
    ],
)
def test_a_failure_says_what_was_looked_at_what_was_expected_and_what_came(
    failed: Failed, body: str, failure: str
) -> None:
    assert failed(body) == failure


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("first = html\nassert first.status == 200", "renamed = html\nassert renamed.status == 200"),
        ("assert html.status == 200", "number = json.status\nif number:\n    assert html.status == 200, str(html)"),
        (
            "found = json.json()\nassert found['a'][0]['b'] == 2",
            "def helper(value):\n    assert value == 2, 'a message'\n\nhelper(json.json()['a'][0]['b'])",
        ),
        ("assert json.header('allow') == 'PUT'", "allow = json.header('allow')\nhtml.text\nassert allow == 'PUT'"),
    ],
)
def test_renaming_a_variable_or_moving_an_assertion_changes_nothing(failed: Failed, before: str, after: str) -> None:
    assert failed(before) == failed(after)


def test_what_a_case_drew_is_masked_by_its_value(failed: Failed) -> None:
    body = "assert {'w%s': %d, 'other': 7} == {'word': 'x%s'}"
    first = failed(body % ("abcd", 713, "ABCD"), ["abcd", 713])
    assert first == failed(body % ("0f", 22, "0F"), ["0f", 22])
    assert first == "value: expected {'word': 'x*'}, came {'other': 7, 'w*': *}"


def test_a_status_is_masked_only_where_it_was_chosen(failed: Failed) -> None:
    assert failed("assert html.status == 226", [404, 226]) == "status: expected 226, came 404"
    assert failed("assert html.status == 226", ["226"]) == "status: expected *, came 404"


TRACEBACK = """Traceback (most recent call last):
  File "/usr/lib/site-packages/acme/api.py", line 12, in <module>
    from acme import nothing
acme.errors.Missing: no 0123456789abcdef
  in /usr/lib/acme.py"""


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        (
            ScenarioFailed(f"flask-sync: root.py failed at import:\n{TRACEBACK}"),
            f"not started: expected {ScenarioFailed.expected}, came acme.errors.Missing: no *",
        ),
        (
            ServiceHung("No whole answer within 10 s from 127.65.3.4:43211, or it stays open.\n> GET /"),
            f"not answered: expected {ServiceHung.expected}, "
            "came No whole answer within * s from *.*.*.*:*, or it stays open.",
        ),
        (
            ServiceHung("The service has not ended within 5 s. Its output:\nhm", kind="exit"),
            f"exit: expected {ServiceHung.expected}, came The service has not ended within * s.",
        ),
        *(
            (
                ServiceDied(f"127.65.3.4:43211 {broken}.\n> GET /"),
                f"not answered: expected {ServiceDied.expected}, came *.*.*.*:* gave no whole answer",
            )
            for broken in (
                "gave no whole answer: [Errno 104] Connection reset by peer",
                "gave no whole answer: can't handle event type ConnectionClosed when role=SERVER and state=SEND_BODY",
                "closed the connection without an answer",
            )
        ),
        (
            ServiceDied(f"`python hooks.py` ended with 1. Its output:\nhm\n{TRACEBACK}", kind="not started"),
            f"not started: expected {ServiceDied.expected}, came acme.errors.Missing: no *",
        ),
        (AssertionError(), "other: "),
    ],
)
def test_a_fault_has_its_own_kind_and_the_exception_of_its_traceback(fault: AssertionError, failure: str) -> None:
    assert str(failure_of(fault, FLASK)) == failure


def test_a_long_value_is_cut_and_several_that_differ_in_what_is_masked_are_one() -> None:
    assert len(shown("x" * 1000)) == LONGEST
    assert shown({f"w{secrets.token_hex(4)}" for _ in range(3)} | {"a"}) == "{'*', 'a'}"
