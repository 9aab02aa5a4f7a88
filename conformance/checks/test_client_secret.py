"""CLIENT: what may be secret is in no repr and in no text of an error."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.checks.client_probe import Call, Clients, Told, call
from conformance.checks.random_values import word
from conformance.contract.check import must
from conformance.services.peer import by_path, refusing
from conformance.services.peer_replies import CLOSES, STALLS, redirect, reply, short

KINDS = ("user", "password", "base", "query", "asked", "header", "called", "cookie", "own")
TIMEOUT = 0.3  # seconds


def options(secrets: dict[str, str]) -> dict[str, Any]:
    """Options of a client with secrets of each kind."""
    return {
        "base_headers": {"X-Key": secrets["header"]},
        "base_query": {"key": secrets["query"]},
        "base_cookies": {"sid": secrets["cookie"]},
        "allow_redirects": True,
        "default_timeout": 9,
    }


def calls(secrets: dict[str, str], *paths: str) -> list[Call]:
    """Calls of built-in functions with secrets of their own."""
    own = {
        "query": {"token": secrets["asked"]},
        "headers": {"Authorization": f"Bearer {secrets['called']}"},
        "cookies": {"own": secrets["own"]},
    }
    return [call("get", path, **own, **({"timeout": TIMEOUT} if path == "late" else {})) for path in paths]


def base_url(origin: str, secrets: dict[str, str]) -> str:
    """A base URL with secrets."""
    return origin.replace("http://", f"http://{secrets['user']}:{secrets['password']}@") + f"?base={secrets['base']}"


def texts(told: Told) -> list[str]:
    """Reprs of a client, its responses and requests, and reprs and texts of errors."""
    found = [told.client]
    for facts in told.facts:
        error = facts.get("raised") or facts["error"]
        found += error["texts"] if isinstance(error, dict) and "texts" in error else [str(error)]
        if "raised" not in facts:
            found += [facts["repr"], str(facts["request"] and facts["request"]["repr"])]
    return found


def leaked(secrets: dict[str, str], told: Told) -> list[str]:
    """The kinds of the secrets that are in these texts."""
    return [kind for kind, secret in secrets.items() if any(secret in text for text in texts(told))]


@must("CLIENT-8", kills=("client_repr_with_the_query", "client_repr_with_the_headers", "client_error_with_the_query"))
def test_secrets_are_in_no_repr_and_no_error_of_a_request(clients: Clients) -> None:
    secrets = {kind: word() for kind in KINDS}
    script = by_path(
        {
            "/fine": reply({}),
            "/closes": CLOSES,
            "/short": short(7),
            "/late": STALLS,
            "/loop": redirect("/loop"),
            "/away": redirect("ftp://nowhere.invalid/"),
        }
    )
    with clients.peer(script) as server:
        asked = calls(secrets, "fine", "closes", "short", "late", "loop", "away", f"{refusing(server.host)}/refused")
        told = clients.called("client_requests", "pets", base_url(server.origin, secrets), *asked, **options(secrets))
    first = str(server.requests[:1])
    assert [kind for kind in KINDS[2:] if secrets[kind] not in first] == []
    assert leaked(secrets, told) == []


@must(
    "CLIENT-8",
    kills=(
        "client_mismatch_with_the_headers",
        "client_cookie_errors_with_values",
        "client_texts_of_validators_shown",
    ),
)
@pytest.mark.parametrize("where", ["template", "arguments"])
def test_secrets_are_in_no_error_that_is_raised(clients: Clients, where: str) -> None:
    secrets = {kind: word() for kind in KINDS}
    with clients.peer(lambda request: reply({"no": "number"})) as server:
        base = base_url(server.origin, secrets)
        if where == "template":
            told = clients.called("client_failures", "failures", base, call("typed", "path"), **options(secrets))
        else:
            broken = [
                call("get", "path", headers={"X-Key": f"{secrets['called']}\r\nX: 1"}),
                call("get", "path", cookies={"own": f"{secrets['own']}\n"}),
                call("header", f"{secrets['called']}\n"),
                call("cookie", f"{secrets['own']}\r\n"),
                call("item", ".."),
                call("signed", {"token": secrets["asked"]}),
            ]
            told = clients.called("client_requests", "segments", base, *broken, **options(secrets))
    assert ["raised" in facts for facts in told.facts] == [True] * len(told.facts)
    assert leaked(secrets, told) == []


@must("CLIENT-8", kills="client_header_errors_with_values")
def test_the_value_of_a_header_that_is_not_ascii_is_in_no_text(clients: Clients) -> None:
    secrets = {kind: word() for kind in KINDS}
    texts_of = (f"{secrets['called']} \u20ac", f"\xe4{secrets['own']}")
    calls_of = [
        each for text in texts_of for each in (call("header", text), call("get", "path", headers={"X-Key": text}))
    ]
    calls_of += [
        each for text in texts_of for each in (call("cookie", text), call("get", "path", cookies={"own": text}))
    ]
    with clients.peer() as server:
        base = base_url(server.origin, secrets)
        told = clients.called("client_requests", "segments", base, *calls_of, **options(secrets))
    assert leaked(secrets, told) == []
