"""The attacks, on services written by hand: one on which each works, one that bounds and one that refuses them."""

from __future__ import annotations

import json
import math
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from conformance.__main__ import main
from conformance.attacks import campaign, page
from conformance.attacks.attack import ATTACKS, GROUPS, Allowance, Attack, Attempt, Outcome, Pace, Reply, Victim
from conformance.attacks.judgement import HARMS, Finding, Observation, judge
from conformance.attacks.limits import LIMITS, Limit
from conformance.attacks.watch import ask, attempt
from conformance.contract.variant import Variant
from conformance.foundation import loopback
from conformance.foundation.deadline import wait_until
from conformance.foundation.exceptions import AgentDied
from conformance.foundation.loopback import LOCALHOST
from conformance.target.deployment import SERVERS, Deployment, deployments
from conformance.target.implementation import find

FAKE = Path(__file__).parent / "fakes" / "attacked_service.py"
PACE = Pace(hold=1.2, patience=0.5, quiet=0.1)
SECRET = "secret-of-the-environment"


class Fake:
    """A process of tests/fakes/attacked_service.py."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.address = (LOCALHOST, loopback.free_port(LOCALHOST))
        self.nonce = "nonce"
        self.host: str | None = None
        self._events, self._log = folder / "events", folder / "log"
        with open(self._log, "wb") as log:
            command = [sys.executable, str(FAKE), kind, str(self.address[1]), self.nonce, SECRET, str(self._events)]
            self.process = subprocess.Popen(command, stdout=log, stderr=log)

    def processes(self) -> list[psutil.Process]:
        return [psutil.Process(self.process.pid)] if self.process.poll() is None else []

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._events.read_text().splitlines()] if self._events.exists() else []

    @property
    def output(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def ended_within(self, seconds: float) -> bool:
        try:
            self.process.wait(max(seconds, 0.001))
        except subprocess.TimeoutExpired:
            return False
        return True


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[Callable[[str], Fake]]:
    """Starts a fake of a kind, which answers then, and ends with the test."""
    started = []

    def start(kind: str) -> Fake:
        service = Fake(kind, tmp_path)
        started.append(service)
        assert wait_until(lambda: ask(service, 1) < math.inf, 10), service.output
        return service

    yield start
    for service in started:
        service.process.kill()
        service.process.wait()


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_works_on_a_service_that_makes_every_mistake(name: str, fake: Callable[[str], Fake]) -> None:
    found = attempt(ATTACKS[name], Victim(fake("open"), PACE), SECRET)
    assert found.outcome is Outcome.OPEN
    assert found.why


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_bounded_by_a_service_that_answers_all_alike(name: str, fake: Callable[[str], Fake]) -> None:
    assert attempt(ATTACKS[name], Victim(fake("bounded"), PACE), SECRET) == Finding(Outcome.BOUNDED)


@pytest.mark.parametrize("name", [name for name, attack in ATTACKS.items() if not attack.ends])
def test_an_attack_is_refused_by_a_service_that_answers_nothing_but_its_nonce(
    name: str, fake: Callable[[str], Fake]
) -> None:
    assert attempt(ATTACKS[name], Victim(fake("refusing"), PACE), SECRET) == Finding(Outcome.REFUSED)


REPLY = Reply(1000, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", False)
GOOD = Observation(Attempt((REPLY,), {"smuggled": "sent"}, ("\nforged",), (b"\r\nX-Injected",)), secret="key")


def attempted(**more: Any) -> Attempt:
    return Attempt(**{**vars(GOOD.attempt), **more})


def replied(text: bytes) -> Attempt:
    return attempted(replies=(Reply(1000, b"HTTP/1.1 500 Error\r\n" + text, True),))


def seen(**more: Any) -> Observation:
    return Observation(**{**vars(GOOD), **more})


# Each harm: an observation with it, and the nearest one without.
BOUNDARY: dict[str, list[tuple[Observation, Observation]]] = {
    "leaked": [
        (seen(attempt=replied(b"\r\nthe key")), seen(attempt=replied(b"\r\nthe kex"))),
        (seen(attempt=replied(b"Traceback (most recent call last)")), seen(attempt=replied(b"Traceback"))),
        (seen(attempt=replied(b'File "/srv/app.py"')), seen(attempt=replied(b"app.pyx"))),
    ],
    "answered": [(seen(attempt=replied(b"a: b\r\nX-Injected: c")), seen(attempt=replied(b"a: b X-Injected: c")))],
    "reached": [(seen(reached=("smuggled",)), seen(reached=("another",)))],
    "logged": [(seen(log="a\nforged"), seen(log="a\\nforged"))],
    "swallowed": [(seen(attempt=attempted(swallowed=True)), GOOD)],
    "late": [(seen(attempt=attempted(late=True)), GOOD)],
    "died": [(seen(ended=True), GOOD)],
    "silent": [
        (seen(slowest=math.inf), seen(slowest=1.5)),
        (seen(slowest=1.51), GOOD),
        (seen(afterwards=math.inf), seen(afterwards=1.5)),
    ],
    "grown": [(seen(memory=6001), seen(memory=6000))],
    "costly": [(seen(cpu=1.1), seen(cpu=1.0))],
    "verbose": [(seen(log="a" * 151), seen(log="a" * 150))],
}
ALLOWANCE = Allowance(
    memory=5000, memory_per_byte=1, cpu=1.0, cpu_per_megabyte=1, log=50, log_per_byte=0.1, meanwhile=True
)


@pytest.mark.parametrize("harm", [harm.__name__ for harm in HARMS])
def test_a_harm_is_seen_at_its_boundary_and_not_before(harm: str) -> None:
    function = next(each for each in HARMS if each.__name__ == harm)
    for with_it, without in BOUNDARY[harm]:
        assert function(with_it, ALLOWANCE)
        assert judge(with_it, ALLOWANCE).outcome is Outcome.OPEN
        assert not function(without, ALLOWANCE)
        assert judge(without, ALLOWANCE).outcome is not Outcome.OPEN


def test_requests_may_go_unanswered_while_a_service_computes_but_not_afterwards() -> None:
    computing = Allowance(meanwhile=False)
    assert judge(seen(slowest=math.inf), computing).outcome is Outcome.BOUNDED
    assert judge(seen(afterwards=math.inf), computing).outcome is Outcome.OPEN


def test_an_attack_is_refused_only_where_each_of_its_requests_is() -> None:
    refused, closed = Reply(1, b"HTTP/1.1 400 Bad Request\r\n\r\n"), Reply(1, b"", True)
    assert judge(Observation(Attempt((refused, closed))), ALLOWANCE).outcome is Outcome.REFUSED
    assert judge(Observation(Attempt((refused, REPLY))), ALLOWANCE).outcome is Outcome.BOUNDED
    assert judge(Observation(Attempt((refused, Reply(1)))), ALLOWANCE).outcome is Outcome.BOUNDED
    assert judge(Observation(Attempt(())), ALLOWANCE).outcome is Outcome.BOUNDED


def test_each_attack_has_a_sentence_and_a_group() -> None:
    assert all(attack.sentence and attack.group in GROUPS for attack in ATTACKS.values())
    assert {attack.group for attack in ATTACKS.values()} == set(GROUPS)


def test_a_limit_names_a_server_an_attack_and_where_it_is_documented() -> None:
    servers = {deployment.served_by for deployment in deployments(find("reference").variants)}
    for (server, name), limit in LIMITS.items():
        assert server in servers
        assert name in ATTACKS
        assert limit.words.endswith(".")
        assert limit.link.startswith("https://")
        assert set(limit.harms) <= {harm.__name__ for harm in HARMS}


def test_every_variant_and_every_server_is_deployed() -> None:
    found = deployments(find("reference").variants)
    assert [each.variant for each in found[:12]] == Variant.every()
    assert [each.server for each in found[12:]] == [name for servers in SERVERS.values() for name in servers]
    assert {str(each.variant) for each in found[12:]} == {"flask-sync", "starlette-async"}


def test_a_sample_has_one_variant_of_each_server_and_the_cheap_attacks() -> None:
    found, attacks = campaign.chosen(find("reference"), campaign.Options(sample=True))
    servers = [each.served_by for each in found]
    assert servers == campaign.served_by(deployments(find("reference").variants))
    assert len(servers) == len(set(servers))
    assert all(attack.cheap for attack in attacks)


@pytest.mark.parametrize("option", ["--backend", "--mode", "--server", "--attack", "--implementation"])
def test_what_is_not_there_is_bad_usage(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["attacks", option, "nothing"]) == 2
    assert "nothing" in capsys.readouterr().err


def cells(**outcomes: Outcome) -> list[campaign.Cell]:
    """One attack on variants, by names that have no hyphen."""
    attack = Attack("an attack", GROUPS[0], "What is sent", lambda victim: Attempt(()))
    return [
        campaign.Cell(attack, Deployment(Variant.parse(name.replace("_", "-"))), Finding(outcome, "why"))
        for name, outcome in outcomes.items()
    ]


def test_a_row_names_the_variants_of_a_server_that_differ() -> None:
    shown = page.table(
        cells(starlette_sync=Outcome.REFUSED, fastapi_sync=Outcome.REFUSED, fastapi_async=Outcome.OPEN)
        + cells(flask_sync=Outcome.BOUNDED)
    )
    assert "| | run() uvicorn | run() werkzeug |" in shown
    assert "| an attack | refused; **OPEN** (fastapi-async) | bounded |" in shown


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Has a campaign find these cells."""

    def give(**outcomes: Outcome) -> None:
        monkeypatch.setattr(campaign, "run", lambda *given: cells(**outcomes))

    return give


def test_what_is_open_is_said_and_the_exit_code_1(
    found: Callable[..., None], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    found(flask_sync=Outcome.OPEN, sanic_sync=Outcome.BOUNDED)
    assert main(["attacks", "--page", str(tmp_path / "page.md")]) == 1
    assert "open: *an attack*, run() werkzeug: flask-sync: why" in capsys.readouterr().out
    assert "*an attack*, run() werkzeug: flask-sync: why" in (tmp_path / "page.md").read_text()
    found(flask_sync=Outcome.REFUSED, sanic_sync=Outcome.BOUNDED)
    assert main(["attacks"]) == 0


def test_a_limit_excuses_what_is_open_with_its_words_and_is_an_error_where_nothing_is(
    found: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    limit = {("run() werkzeug", "an attack"): Limit("The server says so.", "https://example.com/limit")}
    for module in (campaign, page):
        monkeypatch.setattr(module, "LIMITS", limit)
    found(flask_sync=Outcome.LIMIT, flask_async=Outcome.REFUSED)
    assert main(["attacks", "--page", str(tmp_path / "page.md")]) == 0
    shown = (tmp_path / "page.md").read_text()
    assert "*an attack* on run() werkzeug: The server says so. ([documented](https://example.com/limit))" in shown
    found(flask_sync=Outcome.REFUSED, sanic_sync=Outcome.REFUSED)
    assert main(["attacks"]) == 1
    assert "take it out of conformance/attacks/limits.py: run() werkzeug: an attack" in capsys.readouterr().out
    limit[("run() werkzeug", "an attack")] = Limit("A race.", "https://example.com/limit", sometimes=True)
    assert main(["attacks"]) == 0


def test_a_service_of_the_reference_is_attacked_under_its_server(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signal, "signal", lambda *given: None)  # pytest-xdist's worker keeps its own
    chosen = ["--backend", "starlette", "--mode", "async", "--server", "run() uvicorn", "--attack", "two lengths"]
    assert main(["attacks", *chosen]) == 0
    assert "| two lengths | refused |" in capsys.readouterr().out


def column(monkeypatch: pytest.MonkeyPatch, launched: campaign.Launched, *names: str) -> list[campaign.Cell]:
    """What a campaign finds on flask-sync where every launch is this one."""
    monkeypatch.setattr(campaign, "_launch", lambda *given: launched)
    attacks = [ATTACKS[name] for name in names]
    return campaign._column(find("reference"), Deployment(Variant.parse("flask-sync")), attacks, threading.Event())


def test_nothing_is_defended_by_a_service_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    launched = campaign.Launched(ATTACKS["two lengths"].settings, fault="broken")
    (cell,) = column(monkeypatch, launched, "two lengths")
    assert cell.finding == Finding(Outcome.OPEN, "the service does not start: broken")


def test_a_limit_excuses_the_harms_that_it_is_about_and_no_others(
    fake: Callable[[str], Fake], monkeypatch: pytest.MonkeyPatch
) -> None:
    service: Any = fake("open")
    service.exited = False
    launched = campaign.Launched(ATTACKS["two lengths"].settings, SECRET, service)
    excused, another = ("leaked", "reached"), ("reached",)
    limits = {
        ("run() werkzeug", name): Limit("So.", "https://example.com", harms)
        for name, harms in (("two lengths", excused), ("bare line feeds", another))
    }
    monkeypatch.setattr(campaign, "LIMITS", limits)
    found = column(monkeypatch, launched, "two lengths", "bare line feeds", "folded fields")
    assert [cell.finding.outcome for cell in found] == [Outcome.LIMIT, Outcome.OPEN, Outcome.OPEN]
    assert not launched.silent
    service.process.kill()
    service.process.wait()
    assert launched.silent


def test_what_the_harness_cannot_do_on_one_deployment_ends_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    told = []

    def column(implementation: Any, deployment: Deployment, attacks: Any, over: threading.Event) -> None:
        if str(deployment.variant) == "django-sync":
            raise AgentDied("no agent")
        told.append(over.wait(20))

    monkeypatch.setattr(campaign, "_column", column)
    with pytest.raises(AgentDied):
        campaign.run(find("reference"), campaign.Options(), lambda line: None)
    assert told
    assert all(told)
