"""SECURITY: what a client sends is one line of a log, and moves no cursor."""

from __future__ import annotations

import re

from conformance import chance
from conformance.check import must
from conformance.checks.exposed import Exposed
from conformance.checks.log import logged
from conformance.checks.raw import CLOSE, answered, raw
from conformance.checks.test_security_page import secret
from conformance.target import Target
from conformance.variant import Start

# A line break of each kind, what terminals act on, what turns a text around; as UTF-8, percent-encoded.
MARKS = (
    "%0a",
    "%0d",
    "%0d%0a",
    "%0b",
    "%1b%5d0;",
    "%7f",
    "%c2%85",
    "%c2%9b31m",
    "%e2%80%a8",
    "%e2%80%a9",
    "%e2%80%ae",
)
ACCESS = " HTTP/1.1"
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def require_plain(log: str, *words: str) -> None:
    """No line begins with a word, and none that holds one holds what is to be escaped; but for the access log, which is
    the harness's own server's."""
    for line in log.split("\n"):
        if any(word in line for word in words) and ACCESS not in line:
            assert not line.lstrip(" \t\r").startswith(words), repr(line)
            assert RAW.search(line) is None, repr(line)


@must("SECURITY-2a", kills="security_log_as_it_was_sent")
def test_the_path_of_a_failed_request_is_on_one_line_of_the_log(target: Target) -> None:
    service = target.shared("security", production="1")
    words = [f"w{chance.word(10)}" for _ in MARKS]
    before = len(service.output)
    for mark, word in zip(MARKS, words, strict=True):
        assert service.get(f"/api/crash/a{mark}{word}{mark}").status == 500
    log = logged(service, before, *words)
    assert all(word in log for word in words), log
    require_plain(log, *words)


@must("SECURITY-2a", kills="security_log_of_flask_as_it_was_sent")
def test_what_the_framework_logs_of_middleware_is_on_one_line(target: Target) -> None:
    service = target.shared("security_native", production="1", secret=secret())
    words = [f"w{chance.word(10)}" for _ in MARKS]
    before = len(service.output)
    for mark, word in zip(MARKS, words, strict=True):
        answered(service, raw("GET", f"/api/a{mark}{word}{mark}", ("X-Raise", "1"), CLOSE))
    require_plain(service.output[before:], *words)


@must(
    "SECURITY-2b",
    start=Start.SCRIPT,
    kills=("security_log_of_the_server_as_it_was_sent", "security_log_of_a_filtered_logger_as_it_was_sent"),
)
def test_under_run_a_request_writes_no_line_of_its_own_making(exposed: Exposed) -> None:
    service, words = exposed.under(), []
    before = len(service.output)
    for mark in ("\x1b]0;", "\x0d", "\x7f", "\x9b31m", "\xe2\x80\xae", "%0a", "%1b%5d0;", "%c2%9b", "%e2%80%a8"):
        word = f"w{chance.word(10)}"
        words.append(word)
        for method, target, host in (
            ("GET", f"/api/{mark}{word}", "localhost"),
            (f"G{mark}{word}", "/api/nonce", "localhost"),
            ("GET", "/api/nonce", f"{mark}{word}"),
            ("GET", f"/api/crash/{mark}{word}", "localhost"),
        ):
            answered(service, raw(method, target, CLOSE, host=host))
    last = f"w{chance.word(10)}"
    assert service.get(f"/api/crash/{last}").status == 500
    require_plain(logged(service, before, last), *words)
