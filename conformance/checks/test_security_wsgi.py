"""SECURITY: heads and bodies that could be read in two ways (9), clients that leave before the service stops (16)."""

from __future__ import annotations

from collections.abc import Sequence

from conformance.checks.random_values import word
from conformance.checks.raw_requests import CLOSE, JSON, raw
from conformance.checks.script_run import Life
from conformance.checks.security_launches import Exposed
from conformance.contract.check import must
from conformance.contract.variant import Start
from conformance.target.deployment import RUN
from conformance.target.exchange import request_bytes
from conformance.target.service import Script

CHUNKED = ("Transfer-Encoding", "chunked")
ECHO = "/api/echo"

STOPS_IN = 5.0  # seconds; half of what a service that waits for one who has left takes (graceful_timeout)


def echo(text: str) -> bytes:
    """A request whose answer has the text in it."""
    return request_bytes("POST", ECHO, "localhost", [JSON], b'{"%s": 1}' % text.encode())


Fields = Sequence[tuple[str, str]]


def length(data: bytes, name: str = "Content-Length") -> tuple[str, str]:
    return name, str(len(data))


def ambiguous(body: bytes, more: bytes) -> dict[str, tuple[Fields, bytes]]:
    """Fields of a head, and what follows it: in one way of reading, the body or nothing and then the request `more`."""
    whole, last = length(body), b"0\r\n\r\n"
    codings = ("gzip", "gzip, chunked", "chunked, gzip", "xchunked", "identity", "chunked, chunked")
    return {
        "a space before the colon of a length": ([length(more, "Content-Length ")], more),
        "a tab before the colon of a coding": ([length(more), ("Transfer-Encoding\t", "chunked")], more),
        "a space before any colon": ([whole, ("X-Word ", "v")], body),
        "a folded field": ([whole, ("X-Word", "v\r\n v")], body),
        "a folded length": ([("Content-Length", f"\r\n\t{len(body)}")], body),
        "a fold that hides a length": ([("X-Word", f"v\r\n Content-Length: {len(more)}")], more),
        "no length, then one": ([("Content-Length", "0"), length(more)], more),
        "a length, then none": ([length(more), ("Content-Length", "0")], more),
        "two lengths in one field": ([("Content-Length", f"{len(body)}, {len(more)}")], body + more),
        "a length before chunks": ([length(last + more), CHUNKED], last + more),
        "a length after chunks": ([CHUNKED, length(last + more)], last + more),
        "two codings in two fields": ([("Transfer-Encoding", "gzip"), CHUNKED], last + more),
        **{coding: ([("Transfer-Encoding", coding)], last + more) for coding in codings},
    }


def unknown(fields: Fields) -> bool:
    """Whether they have a coding that is not `chunked`."""
    return any(coding in value for _, value in fields for coding in ("gzip", "xchunked", "identity"))


@must(
    "SECURITY-9a",
    start=Start.SCRIPT,
    kills=("security_space_before_a_colon", "security_second_length_wins", "security_codings_but_chunked_taken"),
)
def test_a_head_that_might_be_read_in_two_ways_is_refused_and_nothing_after_it_is_taken_for_a_request(
    exposed: Exposed,
) -> None:
    service = exposed.under()
    inside, after = word(), word()
    body = b'{"%s": 1}' % inside.encode()
    for name, (fields, rest) in ambiguous(body, echo(after)).items():
        for method, path in (("POST", ECHO), ("GET", "/api/nonce")):
            answer = service.send_until_closed(raw(method, path, JSON, *fields, body=rest), method)
            where = f"{name}, {method} {path}: {answer}"
            assert answer.status in ((400, 501) if unknown(fields) else (400,)), where
            assert inside.encode() not in answer.received, where
            assert after.encode() not in answer.received, where


@must("SECURITY-9a", start=Start.SCRIPT, kills="security_empty_value_refused")
def test_a_head_that_can_be_read_in_one_way_is_not_refused(exposed: Exposed) -> None:
    service = exposed.under()
    for blank in ("", " ", "\t", " \t "):
        text = word()
        body = b'{"%s": 0}' % text.encode()
        fields = (
            ("X-Empty", blank),
            (f"X-{text}!#$%&'*+.^_`|~", f"a:{blank}b"),
            ("content-LENGTH", f"{blank}{len(body)}{blank}"),
        )
        answer = service.send(raw("POST", ECHO, JSON, *fields, CLOSE, body=body), "POST")
        assert answer.status == 200, answer
        assert text.encode() in answer.body, answer


def broken(body: bytes) -> dict[str, bytes]:
    """That body in chunks which are none."""
    size, last = b"%x" % len(body), b"\r\n0\r\n\r\n"
    sizes = {
        "no size": b"",
        "no number": b"zz",
        "a prefix": b"0x" + size,
        "a sign": b"+" + size,
        "a negative size": b"-" + size,
        "an underscore": b"0_" + size,
        "a space before the size": b" " + size,
        "a digit of another script": "\u0661".encode(),
        "more than any number": b"f" * 17,
        "one byte too many": b"%x" % (len(body) + 1),
        "one byte too few": b"%x" % (len(body) - 1),
    }
    return {
        **{name: line + b"\r\n" + body + last for name, line in sizes.items()},
        "another end of a chunk": size + b"\r\n" + body + b"XX" + last[2:],
        "line feeds alone": size + b"\n" + body + last.replace(b"\r", b""),
        "no last chunk": size + b"\r\n" + body + b"\r\n",
        "half a last chunk": size + b"\r\n" + body + b"\r\n0\r\n",
        "half a chunk": size + b"\r\n" + body[:-1],
    }


def refused_or_closed(service: Script, where: str) -> None:
    """Each body that is broken, after which the client says no more; chunks that are not come to the endpoint."""
    text = word()
    body = b'{"%s": 1}' % text.encode()
    for name, chunks in broken(body).items():
        answer = service.send_and_leave(raw("POST", ECHO, JSON, CHUNKED, body=chunks), "POST")
        allowed = (400, 411, 413) if name == "more than any number" else (400, 411)
        assert answer is None or answer.status in allowed, f"{where}, {name}: {answer}"
        assert answer is None or text.encode() not in answer.received, f"{where}, {name}: {answer}"


@must("SECURITY-9b", start=Start.SCRIPT, kills=("security_chunk_sizes_as_int_has_them", "security_chunks_end_anyhow"))
def test_under_run_a_body_that_is_not_chunked_as_it_says_is_refused(exposed: Exposed) -> None:
    refused_or_closed(exposed.under(), RUN)


@must("SECURITY-9c", start=Start.DEPLOYED, kills="security_words_of_servers_unknown")
def test_under_an_external_server_a_body_that_is_not_chunked_as_it_says_is_refused(exposed: Exposed) -> None:
    refused_or_closed(exposed.under_another(), exposed.another)


@must("SECURITY-16a", start=Start.SCRIPT, kills="security_left_and_in_flight")
def test_a_stop_does_not_wait_for_those_who_have_left(at_every_address: Life) -> None:
    assert at_every_address.exit_status is not None, at_every_address.output
    assert at_every_address.stopping is not None
    assert at_every_address.stopping < STOPS_IN, f"{at_every_address.stopping:.1f} s\n{at_every_address.output}"
