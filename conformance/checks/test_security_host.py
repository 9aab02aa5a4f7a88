"""SECURITY: which Host a request may be for."""

from __future__ import annotations

import pytest

from conformance.checks.random_values import word
from conformance.checks.raw_requests import CLOSE, raw
from conformance.checks.security_launches import Exposed
from conformance.contract.check import must
from conformance.contract.variant import Start
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target

# `{}` is a random word.
WELL_FORMED = (
    "{}.test",
    "{}",
    "{}.test:65535",
    "{}.test:",
    "127.0.0.1:0",
    "[::1]",
    "[::ffff:127.0.0.1]:8000",
    "{}.TEST.",
)
MALFORMED = (
    "{}.test:65536", "{}.test:80:90", "{}.test:x", "{}.test:-1", ":80", "{}.test, {}.test", "{}.test,", "{}@evil.test",
    "{}\\.test", "{}.test/", "{}.test?a", "{}.test#a", "{} .test", "{}\t.test", "{}%zz.test", "{}%2", "{}\xc3\xa9.test",
    "{}\xff.test", "[{}::1]", "[::1::2]", "[::1", "::1", "[127.0.0.1]", "[::1]a", '"{}.test"', "<{}>", "{}^.test",
)  # fmt: skip
DOMAIN, NAME = "domain.test", "name.test"
ALLOWED = f".Domain.Test,{NAME.upper()},localhost"
PASS = (DOMAIN, NAME, "{}.domain.test", "{}.a-b_c.Domain.test.", "NAME.test:8000", f"{NAME}.", "localhost:")
STOP = (
    "{}.test", f"{{}}.{NAME}", f"{{}}{DOMAIN}", f".{DOMAIN}", f"{{}}..{DOMAIN}", f"{DOMAIN}..", f".{NAME}", f"{NAME}..",
    f"{{}}\\.{DOMAIN}", f"{{}}!.{DOMAIN}", f"{{}}%2e{DOMAIN}", f"%6e{NAME[1:]}", f"{{}}'.{DOMAIN}", f"{{}},.{DOMAIN}",
    f"evil.test/.{DOMAIN}", f"evil.test@{NAME}", f"{NAME}@evil.test", f"evil.test:80.{DOMAIN}", f"e:80@{DOMAIN}",
    f"evil.test#.{DOMAIN}", f"evil.test?.{DOMAIN}", f"{NAME}:80:80", f"{NAME} evil.test", f"{NAME}\tevil.test",
    f"[::1].{DOMAIN}", "[::1]", "192.0.2.1", f"{NAME}\xe9", f"\xe9.{DOMAIN}", f"{NAME}:65536", "",
)  # fmt: skip


@pytest.fixture
def anyone(target: Target) -> Service:
    """security_service.py without `allowed_hosts`."""
    return target.shared("security_service", production="0")


@pytest.fixture
def guarded(target: Target) -> Service:
    """security_service.py with ALLOWED."""
    return target.shared("security_service", allowed_hosts=f"{ALLOWED},{target.host}")


def asked(service: Service, *hosts: str) -> Exchange:
    fields = [("Host", host.replace("{}", word())) for host in hosts]
    return service.send(raw("GET", "/api/reached", *fields, CLOSE, host=None), "GET")


def reached(service: Service) -> dict[str, int]:
    """How often a request has reached the hook and the endpoint, this one among them."""
    found: dict[str, int] = service.get("/api/reached").json()
    return found


@must("SECURITY-8a", kills=("security_host_of_any_form", "security_host_remembered_by_its_name"))
def test_a_malformed_host_is_a_bad_request_before_hook_and_endpoint(anyone: Service) -> None:
    known = word()
    asked(anyone, f"{known}.test")  # that this one is answered is for another check
    before = reached(anyone)
    for host in (*MALFORMED, *(host.replace("{}", known) for host in MALFORMED)):
        answer = asked(anyone, host)
        assert answer.status == 400, f"Host: {host}\n{answer}"
    after = reached(anyone)
    assert after == {part: count + 1 for part, count in before.items()}, "a refused request went on"


@must("SECURITY-8a", kills="security_host_of_domain_names_alone")
def test_a_host_that_is_well_formed_is_answered(anyone: Service) -> None:
    refused = word()
    asked(anyone, f"{refused}.test:x")
    for host in (*WELL_FORMED, f"{refused}.test", f"{refused}.test:80"):
        answer = asked(anyone, host)
        assert answer.status == 200, f"Host: {host}\n{answer}"


@must(
    "SECURITY-8b",
    kills=(
        "security_host_below_a_domain_by_its_end",
        "security_host_of_any_form_is_a_name",
        "security_host_remembered_by_its_name",
    ),
)
def test_no_spelling_of_another_host_passes(guarded: Service) -> None:
    for host in (DOMAIN, NAME):
        asked(guarded, host)
    before = reached(guarded)
    for host in STOP:
        answer = asked(guarded, host)
        assert answer.status == 400, f"Host: {host}\n{answer}"
    after = reached(guarded)
    assert after == {part: count + 1 for part, count in before.items()}, "a refused request went on"


@must("SECURITY-8b", kills="security_host_that_is_missing_is_any")
def test_a_request_without_a_host_passes_no_list_of_them(guarded: Service) -> None:
    before = reached(guarded)
    for version in ("1.0", "1.1"):
        head = f"GET /api/reached HTTP/{version}\r\nConnection: close\r\n\r\n"
        answer = guarded.send(head.encode(), "GET")
        assert answer.status == 400, str(answer)
    after = reached(guarded)
    assert after == {part: count + 1 for part, count in before.items()}, "a refused request went on"


@must("SECURITY-8b", kills=("security_host_of_domain_names_alone", "security_host_allowed_as_spelled"))
def test_a_host_that_is_allowed_passes_in_each_spelling_of_it(guarded: Service) -> None:
    for host in PASS:
        answer = asked(guarded, host)
        assert answer.status == 200, f"Host: {host}\n{answer}"


@must("SECURITY-8c", kills="security_host_is_the_last")
def test_two_host_fields_are_a_bad_request(anyone: Service, guarded: Service) -> None:
    for service in (anyone, guarded):
        for hosts in ((NAME, "evil.test"), ("evil.test", NAME), (NAME, NAME), (NAME, ""), ("", NAME)):
            answer = asked(service, *hosts)
            assert answer.status == 400, f"{hosts}\n{answer}"


@must("SECURITY-8d", start=Start.DEPLOYED, kills="security_host_of_the_field")
def test_the_authority_of_a_target_in_absolute_form_is_the_host(exposed: Exposed) -> None:
    service, name = exposed.under("gunicorn"), f"{word()}.test"
    answer = service.send(raw("GET", f"http://{name}:81/api/host?a=b", CLOSE, host=NAME), "GET")
    assert answer.members()["host"] == f"{name}:81"
    answer = service.send(raw("GET", f"http://{NAME}@{name}/api/host", CLOSE, host=NAME), "GET")
    assert answer.status == 400, str(answer)


@must("SECURITY-8d", start=Start.DEPLOYED, kills="security_host_of_http_in_small_letters_alone")
def test_a_target_is_in_absolute_form_whatever_its_scheme(exposed: Exposed) -> None:
    service = exposed.under("gunicorn")
    for scheme in ("https", "HTTP", "hTTPs", "ftp"):
        name = f"{word()}.test:81"
        answer = service.send(raw("GET", f"{scheme}://{name}/api/host", CLOSE, host=NAME), "GET")
        assert answer.members()["host"] == name, f"{scheme}\n{answer}"


# X-Forwarded-Host (none where it is None) and Host, and whether the request is answered with `allowed_hosts` of ALLOWED
# and without; `{}` is a random word.
FORWARDED = (
    (NAME, "{}.test", True, True),
    ("{}.domain.test:8000", NAME, True, True),
    ("{}.test", NAME, False, True),
    (None, NAME, True, True),
    (None, "{}.test", False, True),
    *((NAME, host, False, False) for host in ("{}.test:x", "{}@evil.test", "{}.test/", f"{NAME}, {NAME}")),
    *((host, NAME, False, False) for host in ("{}.test:x", f"evil@{NAME}", f"{NAME}/", f"{NAME}, {NAME}")),
)


@must(
    "SECURITY-8e",
    kills=("security_host_behind_a_forwarded_one_of_any_form", "security_host_forwarded_of_any_form"),
)
def test_a_forwarded_host_that_is_trusted_and_the_host_behind_it_are_both_well_formed(target: Target) -> None:
    trusting = target.shared("security_forwarded_host")
    listing = target.shared("security_forwarded_host", allowed_hosts=f"{ALLOWED},{target.host}")
    for forwarded, host, with_list, without in FORWARDED:
        fields = [] if forwarded is None else [("X-Forwarded-Host", forwarded.replace("{}", word()))]
        fields.append(("Host", host.replace("{}", word())))
        for service, answered in ((trusting, without), (listing, with_list)):
            answer = service.send(raw("GET", "/api/nonce", *fields, CLOSE, host=None), "GET")
            assert answer.status == (200 if answered else 400), f"{fields}\n{answer}"
