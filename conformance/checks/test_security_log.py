"""SECURITY: what a client sends is one line of a log, and moves no cursor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

import pytest

from conformance.checks.log import logged
from conformance.checks.malformed_requests import secret
from conformance.checks.raw_requests import CLOSE, answered, raw
from conformance.checks.security_launches import Exposed
from conformance.contract.check import must
from conformance.contract.variant import Start
from conformance.foundation import seeded_random
from conformance.target.target import Target


def characters(*codes: range | int) -> str:
    return "".join(chr(code) for each in codes for code in (each if isinstance(each, range) else [each]))


# Every character that is to be escaped, in groups of which a server may refuse one and not the other.
MARKS: Mapping[str, str] = {
    "NUL": "\0",
    "LF": "\n",
    "CR": "\r",
    "C0": characters(range(1, 9), 11, 12, range(14, 32)),
    "DEL": "\x7f",
    "C1": characters(range(0x80, 0xA0)),
    "separators": "\u2028\u2029",
    "Bidi_Control": characters(0x061C, 0x200E, 0x200F, range(0x202A, 0x202F), range(0x2066, 0x206A)),
}
UNSAFE = re.compile(f"[{''.join(MARKS.values())}]")
ACCESS = " HTTP/1.1"


def texts() -> Iterator[tuple[str, str, str]]:
    """The name of each group, a word, and a text in which the word follows each character of the group."""
    for name, marks in MARKS.items():
        word = f"w{seeded_random.word(10)}"
        yield name, word, f"a{''.join(mark + word for mark in marks)}"


def require_plain(log: str, *words: str) -> None:
    """No line begins with a word, and none that holds one holds what is to be escaped."""
    for line in log.split("\n"):
        if any(word in line for word in words):
            assert not line.lstrip(" \t\r").startswith(words), repr(line)
            assert UNSAFE.search(line) is None, repr(line)


def without_access(log: str) -> str:
    """Without the lines of an access log, which is the harness's own server's where a service was forked."""
    return "\n".join(line for line in log.split("\n") if ACCESS not in line)


@must("SECURITY-2a", kills="security_log_as_it_was_sent")
def test_the_path_of_a_failed_request_is_on_one_line_of_the_log(target: Target) -> None:
    service = target.shared("security_service", production="1")
    before, words, failed = len(service.output), [], []
    for name, word, text in texts():
        words.append(word)
        path = f"/api/crash/{quote(text)}?{quote(text)}=1"
        if name == "NUL":  # which a path may not have
            path = f"/api/crash/{word}?{quote(text)}=1"
        failed.append(word)
        assert service.get(path).status == 500, path
    log = without_access(logged(service, before, *failed))
    assert [word for word in failed if word not in log] == []
    require_plain(log, *words)


@must("SECURITY-2a", kills="security_log_of_tracebacks_escaped")
def test_a_traceback_is_left_as_it_is(target: Target) -> None:
    service = target.shared("security_service", production="1")
    before, lines = len(service.output), f"first {service.nonce}\n\tsecond\u2028 {service.nonce}"
    assert service.get("/api/lines").status == 500
    log = logged(service, before, lines)
    assert lines in log, log


@must("SECURITY-2a", kills="security_log_of_flask_as_it_was_sent")
@pytest.mark.parametrize("production", ["0", "1"])
def test_what_the_framework_logs_of_middleware_is_on_one_line(target: Target, production: str) -> None:
    service = target.shared("security_native_application", production=production, secret=secret())
    first, words, raised = len(service.output), [], f"raised {service.nonce}"
    for _, word, text in texts():
        words.append(word)
        before = len(service.output)
        path = f"/api/{quote(text)}?{quote(text)}=1"
        answered(service, raw("GET", path, ("X-Raise", "1"), CLOSE, host=f"{word}.test"))
        if production == "0":  # where SECURITY-1b has it in the log
            log = logged(service, before, raised)
            assert raised in log, log
        answered(service, raw("GET", "/api/nonce", ("X-Raise", "1"), CLOSE, host=quote(text)))
    before = len(service.output)
    assert service.get("/api/crash").status == 500
    log = logged(service, before, raised)
    assert raised in log, log
    require_plain(without_access(service.output[first:]), *words)


@must(
    "SECURITY-2b",
    start=Start.SCRIPT,
    kills=("security_log_of_the_server_as_it_was_sent", "security_log_of_a_filtered_logger_as_it_was_sent"),
)
def test_under_run_a_request_writes_no_line_of_its_own_making(exposed: Exposed) -> None:
    service, words = exposed.under(), []
    before = len(service.output)
    for name, word, text in texts():
        words.append(word)
        sent = [("GET", f"/api/{quote(text)}", "localhost"), ("GET", f"/api/crash/{quote(text)}", "localhost")]
        sent.append(("GET", "/api/nonce", quote(text)))
        if name != "LF":  # which ends the line that it is in
            unquoted = text.encode().decode("latin-1")
            sent += [
                ("GET", f"/api/crash/{unquoted}", "localhost"),
                (f"G{unquoted}", "/api/nonce", "localhost"),
                ("GET", "/api/nonce", unquoted),
                ("GET", "/api/nonce", f"localhost\r\nX-{unquoted}: 1"),
            ]
        for method, path, host in sent:
            answered(service, raw(method, path, CLOSE, host=host))
    last = f"w{seeded_random.word(10)}"
    assert service.get(f"/api/crash/{last}").status == 500
    require_plain(logged(service, before, last), *words)
