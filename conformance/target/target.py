"""Targets: an implementation on a variant in its interpreter; checks start services and probes through them."""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from conformance.contract import libraries
from conformance.contract.check import SCENARIOS
from conformance.contract.variant import Variant
from conformance.foundation import deadline, loopback
from conformance.foundation.deadline import Deadline
from conformance.foundation.exceptions import (
    AgentDied,
    Blocked,
    HarnessError,
    ImplementationFault,
    LibraryMissing,
    MutantBroken,
    ScenarioFailed,
    ServiceDied,
    ServiceHung,
)
from conformance.target import interpreter
from conformance.target.agent_client import Agent, AgentReport
from conformance.target.attestation import attest, require_framework
from conformance.target.diagnosis import Diagnosis
from conformance.target.exchange import Address, Exchange
from conformance.target.handshake import prepare
from conformance.target.implementation import Implementation
from conformance.target.missing import asked, parts_of
from conformance.target.orders import Orders, random_text
from conformance.target.service import NONCE_PATH, Script, Service, Started
from conformance.target.trace import Probe, ProbeResult, Trace

NEVER = ""  # no path: the caller waits for something else
_ROOT = (("", "root"),)  # the key of the shared root scenario without settings


class _NotLoaded(ScenarioFailed):
    """A scenario could not be imported as it is."""


class Target:
    """One implementation on one variant; as a context manager it ends everything that it started.

    `options` are given to the in-process server of every forked service (uvicorn's `http` and `loop`). `mutants` are
    modules that every service loads before its scenario, to change the implementation. A `partial` target serves
    scenarios without the parts that the implementation lacks, and says so in the trace. `trace` holds what the running
    check did, for its evidence; `lives` what session-scoped fixtures did, by their names.
    """

    def __init__(
        self,
        implementation: Implementation,
        variant: Variant,
        scenarios: Path = SCENARIOS,
        options: Mapping[str, str] = MappingProxyType({}),
        mutants: Sequence[Path] = (),
        partial: bool = False,
    ) -> None:
        self.implementation = implementation
        self.variant = variant
        self.mutants = tuple(mutants)
        self.partial = partial
        self.backend = variant.framework
        self.scenarios = scenarios
        self.options = options
        # A short name: services make sockets below it, whose paths may have 104 bytes (macOS).
        self.folder = Path(tempfile.mkdtemp(prefix="conformance-"))
        self.host = loopback.own_address()
        self.trace = Trace()
        self.lives: dict[str, Trace] = {}
        self.facts: AgentReport = {}
        self.serving_facts: AgentReport = {}
        self._agent: Agent | None = None
        self._lender: Target | None = None
        self._refusal: HarnessError | None = None
        self._shared: dict[tuple[tuple[str, str], ...], Service] = {}
        self._failed: dict[tuple[tuple[str, str], ...], ImplementationFault] = {}
        self._started: list[Started] = []
        self._attested = False
        self._doubt: Exception | None = None
        self._in_part: set[str] = set()  # scenarios that cannot be loaded as they are
        self.diagnosis = Diagnosis(self)
        self.orders = Orders(implementation, variant, scenarios, self.mutants, self.folder)

    def __enter__(self) -> Target:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """End every service and the agent, and remove their folders."""
        if self._lender is not None:
            self._end(*self._started, *self._shared.values())
        elif self._agent is not None:
            self._agent.close()
            self._agent = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def forget_check(self) -> None:
        """Begin a new check: drop what the last one did, which is no evidence of this one."""
        self.trace = Trace()

    @property
    def agent(self) -> Agent:
        """The agent that has imported this target's framework, started at first use.

        Raises the HarnessError that says why the interpreter cannot be judged, each time the same.
        """
        if self._lender is not None:
            return self._lender.agent
        if self._refusal is not None:
            raise self._refusal.with_traceback(None)
        if self._agent is None:
            executable = interpreter.ready(self.implementation)
            # What a service leaves among the temporary files, or keeps for its user, goes with the target.
            folders = {"TMPDIR": str(self.folder), "XDG_STATE_HOME": str(self.folder / "state")}
            environment = {**interpreter.environment(self.implementation), **folders}
            agent = Agent(executable, environment, self.folder / "agent.log")
            try:
                self.facts = prepare(agent, self.implementation, self.variant)
            except BaseException as error:
                agent.close(seconds=0)  # it has no service to end, and may hang in an import
                if isinstance(error, HarnessError):
                    self._refusal = error
                raise
            self._agent = agent
        return self._agent

    def mutated(self, *mutants: Path) -> Target:
        """Return a target that loads mutants in every service; it uses this one's agent, which has to live longer.

        Raises MutantBroken when one of them cannot be loaded.
        """
        target = Target(self.implementation, self.variant, self.scenarios, self.options, mutants)
        target._lender = self
        try:
            target.probe("scenario", "flag", text="1")
        except BaseException:
            target.close()
            raise
        return target

    def prepared(self) -> AgentReport:
        """Report of the agent about its interpreter: Python, versions of the framework, the distribution that provides
        `utilmeta`."""
        assert self.agent
        return self.facts if self._lender is None else self._lender.facts

    @property
    def nonce(self) -> str:
        """Return a fresh random text, so that no hard-coded answer is right."""
        return random_text()

    def serve(
        self,
        scenario: str,
        *,
        ready: str | None = NONCE_PATH,
        address: Address | None = None,
        options: Mapping[str, str] = MappingProxyType({}),
        whole: bool = False,
        **settings: Any,
    ) -> Service:
        """Start a forked service of a scenario for this check alone; `settings` reach the scenario as SCENARIO_<NAME>.

        `ready` is the path where it answers its nonce; None for a scenario that has no such endpoint. `address` is
        chosen by the kernel unless given. `options` are the server's (uvicorn's `http` and `loop`). A `whole` scenario
        is not served without the parts that the implementation lacks. Raises PortTaken, ScenarioFailed, Blocked,
        ServiceDied or ServiceHung.
        """
        if address is not None:
            loopback.require_free(*address)
        return self.begin(scenario, ready, options, settings, address, self._started, whole)

    def begin(
        self,
        scenario: str,
        ready: str | None,
        options: Mapping[str, str],
        settings: Mapping[str, Any],
        address: Address | None,
        started: list[Started],
        whole: bool = False,
    ) -> Service:
        """Start a forked service; where the scenario cannot be loaded as it is, without what the implementation lacks.

        What was started is added to `started`, for the caller to end. Raises Blocked where the implementation serves
        nothing at all, or lacks a documented name without which the scenario has no application.
        """
        if whole or scenario not in self._in_part:
            started.append(service := self._fork(scenario, options, settings, address))
            try:
                return self._served(service, scenario, ready, options)
            except _NotLoaded as fault:
                self.diagnosis.require_baseline(scenario, fault)
                if whole or not self.partial:
                    raise
                self._in_part.add(scenario)
                started.remove(service)
                service.end()
            except ImplementationFault as fault:
                self.diagnosis.require_baseline(scenario, fault)
                raise
        started.append(service := self._fork(scenario, options, settings, address, tolerant=True))
        return self._served(service, scenario, ready, options)

    def _served(self, service: Service, scenario: str, ready: str | None, options: Mapping[str, str]) -> Service:
        self.trace.touched.append(service)
        report = self.agent.report(service.identifier, ("serving", "failed", "exited"), Deadline.after(deadline.START))
        if report is None:
            raise ServiceHung(
                f"{self.variant}: {scenario}.py was not served within {deadline.START:g} s. "
                f"Its output:\n{service.log_tail}",
                kind="not started",
            )
        self._lack(service, report)
        if report["event"] == "failed":
            raise self._failure(scenario, report)
        if report["event"] == "exited":
            raise ServiceDied(
                f"{self.variant}: the process of {scenario}.py ended ({report['status']}) before it served. "
                f"Its output:\n{service.log_tail}",
                kind="not started",
            )
        service.facts = report
        if not options:
            self.serving_facts = {name: report[name] for name in ("server", "http_parser", "event_loop")}
        service.address = (report["address"][0], report["address"][1])
        require_framework(report["application"], self.variant)
        if ready is not None:
            with self.trace.preparing():
                service.require_nonce(service.get(ready, seconds=deadline.START), lambda: True)
        return service

    def shared(
        self,
        scenario: str,
        *,
        ready: str | None = NONCE_PATH,
        options: Mapping[str, str] = MappingProxyType({}),
        **settings: Any,
    ) -> Service:
        """Return a forked service of a scenario that all read-only checks of this worker share; arguments as of
        `serve`.

        What kept it from being served is raised again for every check that asks: it might take its whole deadline.
        """
        chosen = {**settings, **{f"option {name}": value for name, value in options.items()}}
        key = tuple(sorted([("", scenario), *((name, str(value)) for name, value in chosen.items())]))
        if key in self._failed:
            raise self._failed[key].with_traceback(None)
        service = self._shared.get(key)
        if service is None or service.exited:
            started: list[Started] = []
            try:
                service = self._shared[key] = self.begin(scenario, ready, options, settings, None, started)
            except ImplementationFault as fault:
                self._failed[key] = fault
                self._end(*started)
                raise
        else:
            self.trace.touched.append(service)
            self._lack(service)
        return service

    def root(self, **settings: Any) -> Service:
        """Return the shared service of the root scenario; the target is attested (attestation.py) before the first
        time.

        A doubt is raised again for every check that asks.
        """
        service = self.shared("root", **settings)
        if not self._attested:
            self._attested = True
            try:
                with self.trace.preparing():
                    attest(service, self.variant)
            except (AssertionError, HarnessError) as doubt:
                self._doubt = doubt
        if self._doubt is not None:
            raise self._doubt
        return service

    def asked(self, trace: Trace) -> bool:
        """Whether a case asked the implementation for anything: a request, a probe, or the start of a service.

        A service that checks share is no evidence of a case: it may have been started for another.
        """
        shared = self._shared.values()
        return bool(trace.exchanges or trace.probes or any(each not in shared for each in trace.touched))

    def is_root(self, service: Started) -> bool:
        """Whether the service is the shared root scenario without settings, which `root()` returns."""
        return service is self._shared.get(_ROOT)

    def probe(self, scenario: str, function: str, **arguments: Any) -> ProbeResult:
        """Call a function of a scenario module in a fresh process; `arguments` and its value must be JSON.

        Raises ScenarioFailed when the module cannot be imported, ServiceDied or ServiceHung when there is no answer.
        """
        if scenario not in self._in_part:
            try:
                return self._probe(scenario, function, arguments, tolerant=False)
            except _NotLoaded as fault:
                self.diagnosis.require_baseline(scenario, fault)
                if not self.partial:
                    raise
                self._in_part.add(scenario)
        return self._probe(scenario, function, arguments, tolerant=True)

    def _probe(self, scenario: str, function: str, arguments: Mapping[str, Any], tolerant: bool) -> ProbeResult:
        identifier, folder, nonce = self.orders.scenario(
            self.agent, "probe", scenario, tolerant=tolerant, function=function, arguments=arguments
        )
        probe = Started(self.agent, identifier, folder, (self.host, 0), nonce, self._record, scenario)
        self.trace.touched.append(probe)
        events = ("answered", "raised", "failed", "exited")
        report = self.agent.report(identifier, events, Deadline.after(deadline.PROBE))
        log = probe.log_tail
        probe.end()
        self.trace.probes.append(Probe(scenario, function, arguments, report))
        if report is None:
            raise ServiceHung(f"{scenario}.{function} has not answered within {deadline.PROBE:g} s. Its output:\n{log}")
        self._lack(probe, report)
        if report["event"] == "failed":
            raise self._failure(scenario, report)
        if report["event"] == "exited":
            raise ServiceDied(f"{scenario}.{function} ended ({report['status']}) without an answer. Its output:\n{log}")
        return ProbeResult(report)

    def _failure(self, scenario: str, report: AgentReport) -> Exception:
        if report["phase"] == "mutant":
            return MutantBroken(f"{', '.join(map(str, self.mutants))} cannot be loaded:\n{report['traceback']}")
        for part in parts_of(report):
            if part.named and str(part) == report["message"]:  # the application, which needs it
                return Blocked(part.requirement, str(part))
        kind = _NotLoaded if report["phase"] == "import" else ScenarioFailed
        told = f"{self.variant}: {scenario}.py failed at {report['phase']}:\n{report['traceback']}"
        return kind(told, f"{report['types'][0].rpartition('.')[2]}: {report['message']}")

    def _lack(self, started: Started, report: AgentReport | None = None) -> None:
        """Note in the trace which parts of its scenario a service or a probe lacks, and which of them were used."""
        if report is not None:
            started.missing = parts_of(report)
        if started.missing:
            self.trace.missing |= dict.fromkeys([*started.missing, *started.calls.used(started.missing)])

    def script(
        self,
        scenario: str,
        *,
        address: Address,
        ready: str | None = NONCE_PATH,
        wait: bool = True,
        **settings: Any,
    ) -> Script:
        """Run `python scenario.py` in a fresh interpreter, as a user would, and wait until it answers at `address`.

        With `wait=False` it is only started: the caller says what it waits for. Raises ServiceDied, ServiceHung or
        AnotherServer.
        """
        return self._run(scenario, [f"{scenario}.py"], address, ready if wait else NEVER, settings)

    def deployed(
        self,
        scenario: str,
        server: Sequence[str],
        *,
        address: Address,
        ready: str | None = NONCE_PATH,
        wait: bool = True,
        **settings: Any,
    ) -> Script:
        """Run an external server (`python -m <server>`) in the folder of the scenarios, and wait until it answers.

        `server` names the module and its arguments, `scenario:app` among them. Otherwise as `script`. Raises
        LibraryMissing for a server, or a worker of it, that the interpreter has not.
        """
        self.require_libraries(libraries.of_command(server))
        return self._run(scenario, ["-m", *server], address, ready if wait else NEVER, settings)

    def require_libraries(self, names: Iterable[str]) -> None:
        """Raise LibraryMissing if the interpreter has not all of these modules."""
        lacking = [name for name in names if name in self.prepared()["lacks"]]
        if lacking:
            raise LibraryMissing(f"{self.implementation.name}: {', '.join(lacking)} cannot be imported.")

    def _run(
        self, scenario: str, command: Sequence[str], address: Address, ready: str | None, settings: Mapping[str, Any]
    ) -> Script:
        identifier, folder, nonce = self.orders.command(self.agent, scenario, command, settings)
        script = Script(self.agent, identifier, folder, address, nonce, self._record, scenario)
        script.command = " ".join(["python", *command])
        script.host = None if settings.get("host") == "0.0.0.0" else settings.get("host")
        self._started.append(script)
        self.trace.touched.append(script)
        report = self.agent.report(identifier, ("started",), Deadline.after(deadline.START))
        if report is None:
            raise AgentDied(f"The agent has not run `{script.command}` within {deadline.START:g} s.")
        script.pid = int(report["pid"])
        if ready != NEVER:
            script.answers(Deadline.after(deadline.START), ready)
        return script

    def end_owned(self) -> None:
        """End every service that the running check started for itself; shared services go on."""
        self._end(*self._started)
        self._started.clear()

    def keep(self, script: Script) -> Script:
        """Let a script of the running check outlive the check; the caller ends it."""
        self._started.remove(script)
        return script

    def _end(self, *services: Started) -> None:
        for started in services:
            started.end()

    def _fork(
        self,
        scenario: str,
        options: Mapping[str, str],
        settings: Mapping[str, Any],
        address: Address | None = None,
        tolerant: bool = False,
    ) -> Service:
        host, port = address or (self.host, 0)
        identifier, folder, nonce = self.orders.scenario(
            self.agent, "serve", scenario, {**self.options, **options}, settings, tolerant, host=host, port=port
        )
        service = Service(self.agent, identifier, folder, (host, port), nonce, self._record, scenario)
        if tolerant:
            service.record = functools.partial(self._record_of, service)
        return service

    def _record_of(self, service: Service, exchange: Exchange) -> None:
        """Record an exchange with a service that lacks something: a stub may have answered."""
        self._record(exchange)
        self._lack(service)
        self.trace.missing |= dict.fromkeys(asked(service.missing, exchange.sent))

    def _record(self, exchange: Exchange) -> None:
        self.trace.record(exchange)
