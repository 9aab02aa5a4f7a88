"""The pytest plugin: chooses the target, runs the checks on it, and says at the end what the implementation is worth.

It only connects the parts: `check` and `lock` know the checks, `target` starts services, `judgement` adds up, `matrix`
prints and writes. Exit codes: 0 conforms, 1 does not, 2 bad usage, 3 the harness failed or left something unverified.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, NoReturn

import psutil
import pytest

from conformance import check as checks_module
from conformance import interpreter, lock
from conformance.check import CHECKS, Check, binding_of
from conformance.faults import BadUsage, HarnessError
from conformance.implementation import Implementation, find
from conformance.judgement import Result, Scope, applicable, judge, reproduce
from conformance.reporting import Reporting, facts_of
from conformance.requirement import Contract, ContractError, load
from conformance.scheduling import schedule
from conformance.selection import Selection, narrowed, server_options
from conformance.service import Service
from conformance.target import Target
from conformance.variant import Variant
from conformance.verdict import Evidence, Outcome

BAD_USAGE = 2
HARNESS_FAILED = 3
_PROPERTY = "conformance"

pytest.register_assert_rewrite("conformance.checks")

run_key = pytest.StashKey["Run"]()


class Run:
    """What is known before the first check: contract, checks, implementation, and what was chosen of them."""

    def __init__(self, config: pytest.Config) -> None:
        self.contract: Contract = load()
        self.checks: list[Check] = checks_module.discover()
        broken = checks_module.laws(self.contract, self.checks)
        if broken:
            raise HarnessError("Contract and checks disagree:\n" + "\n".join(broken))
        self.implementation: Implementation = find(config.getoption("implementation"))
        self.selection = Selection.of(config, self.implementation, self.contract)
        self.scope = Scope(
            self.selection.variants(self.implementation),
            self.selection.requirement_ids(self.contract),
            narrowed(config),
        )
        if not applicable(self.contract, self.scope):
            raise BadUsage(
                f"Nothing to judge: none of {', '.join(sorted(self.scope.requirements))} applies to "
                f"{', '.join(map(str, self.scope.variants))}."
            )
        self.server_options = server_options(config.getoption("server_option"), self.scope.variants)
        self.stale = lock.stale(self.contract, self.checks)

    def chosen(self, item: pytest.Item) -> bool:
        """Whether the options ask for this check on this variant."""
        binding = binding_of(getattr(item, "function", None))
        variant = _variant(item)
        return (
            binding is not None
            and variant in self.scope.variants
            and bool(self.scope.requirements & set(binding.requirements))
        )


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("conformance", "judging an implementation of the UtilMeta contract")
    group.addoption(
        "--implementation",
        default="reference",
        metavar="NAME|FILE",
        help="what to judge: a name of conformance/implementations or an implementation file (default: reference)",
    )
    for name, text in (
        ("backend", "judge only this backend"),
        ("mode", "judge only this mode, sync or async"),
        ("requirement", "verify only this requirement (HOOK-3) or chapter (HOOK)"),
    ):
        group.addoption(f"--{name}", action="append", default=[], metavar=name.upper(), help=f"{text}; repeatable")
    group.addoption(
        "--server-option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="uvicorn's HTTP parser (http=h11|httptools) or event loop (loop=asyncio|uvloop), for the forked services; "
        "repeatable",
    )
    group.addoption("--report", metavar="FILE", help="where to write (default: reports/<implementation>/report.json)")


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, int, int]:
    """What pytest itself calls bad usage, such as a node id that does not exist, ends with our exit code for it."""
    try:
        return (yield)
    except pytest.UsageError as error:
        sys.stderr.write("".join(f"ERROR: {part}\n" for part in error.args))
        return BAD_USAGE


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    signal.signal(signal.SIGTERM, _terminated)
    try:
        run = Run(config)
    except BadUsage as error:
        _leave(str(error), BAD_USAGE)
    except (HarnessError, ContractError) as error:
        _leave(str(error), HARNESS_FAILED)
    config.stash[run_key] = run
    if not _is_worker(config):
        config.pluginmanager.register(Controller(config, run), "conformance-controller")


def _leave(message: str, code: int) -> NoReturn:
    raise pytest.exit.Exception(message, returncode=code)


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


class Controller:
    """In the process that the user started: gathers every check's result, reports, sets the exit code."""

    def __init__(self, config: pytest.Config, run: Run) -> None:
        self.config = config
        self.run = run
        self.results: list[Result] = []
        self.reporting = Reporting(run.implementation, run.contract, run.selection, run.scope)
        self.others_failed = False
        self.exit_code: int | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self, session: pytest.Session) -> None:
        if self.config.option.collectonly:
            return
        try:
            interpreter.ready(self.run.implementation, self._say)
        except HarnessError as error:
            _leave(str(error), HARNESS_FAILED)
        if not self.run.scope.narrowed:
            self.reporting.begin(self.config.getoption("report"))

    def _say(self, text: str) -> None:
        reporter = self.config.pluginmanager.getplugin("terminalreporter")
        if reporter is not None:
            reporter.write_line(text)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> Any:
        return schedule(config, log, self.run.checks) if config.getvalue("dist") == "load" else None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        found = dict(report.user_properties).get(_PROPERTY)
        if found is None:
            self.others_failed |= report.failed
            return
        assert isinstance(found, dict)
        variant = Variant.parse(found["variant"], self.run.implementation.backends)
        self.reporting.saw(variant, found["facts"])
        evidence = Evidence.from_json(found["evidence"]) if found["evidence"] else None
        if report.when == "call" or evidence is not None:
            self.results.append(Result(found["check"], variant, evidence))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if self.config.option.collectonly:
            return
        if exitstatus in (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR):
            self._exit(session, HARNESS_FAILED)
            return
        if not self.results:
            asked = session.testscollected or getattr(session, "testsfailed", 0)
            self._exit(session, int(exitstatus) if asked and not self._judges() else BAD_USAGE)
            return
        run = self.run
        verdicts = judge(run.contract, run.checks, self.results, run.scope, run.stale)
        report = self.reporting.end(verdicts, self.config.getoption("report"))
        self._exit(session, 1 if self.others_failed else report.footer.exit_code)

    def _judges(self) -> bool:
        return any("conformance" in Path(argument.partition("::")[0]).parts for argument in self.config.args)

    def _exit(self, session: pytest.Session, code: int) -> None:
        self.exit_code = session.exitstatus = code

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        self.reporting.show()
        if self.exit_code == BAD_USAGE and not self.results and not self.config.option.collectonly:
            terminalreporter.write_line("No check ran: what was asked for matches none.", red=True)


def _terminated(number: int, frame: object) -> NoReturn:
    """SIGTERM does what Ctrl-C does, to the workers too: everything unwinds, every service ends, every folder goes."""
    for child in psutil.Process().children():
        child.terminate()
    raise KeyboardInterrupt("terminated")


@pytest.hookimpl(tryfirst=True)  # so that a node id begins with the variant
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    binding = binding_of(metafunc.function)
    if binding is None:
        return
    if "variant" not in metafunc.fixturenames:
        raise pytest.Collector.CollectError(
            f"{metafunc.function.__name__} asks for no `variant`, `target` or `root`, so it would judge nothing."
        )
    run = metafunc.config.stash[run_key]
    variants = [
        variant
        for variant in Variant.every(run.implementation.backends)
        if any(run.contract[identifier].applies.holds(variant) for identifier in binding.requirements)
    ]
    # What is not chosen is left out later; to make an item of each first would cost more than most runs of a part.
    chosen = [variant for variant in variants if variant in run.scope.variants]
    metafunc.parametrize("variant", chosen or variants[:1], ids=str, scope="session")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    run = config.stash[run_key]
    kept, left_out = [], []
    for item in items:
        if not item.path.is_relative_to(CHECKS) or run.chosen(item):
            kept.append(item)
        else:
            left_out.append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def _variant(item: pytest.Item) -> Variant | None:
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("variant") if callspec else None


@pytest.fixture(scope="session")
def targets() -> Iterator[dict[Variant, Target]]:
    """Every target that this worker has used; they end with the session."""
    opened: dict[Variant, Target] = {}
    try:
        yield opened
    finally:
        for target in opened.values():
            target.close()


@pytest.fixture(scope="session")
def target(variant: Variant, targets: dict[Variant, Target], request: pytest.FixtureRequest) -> Target:
    """The implementation on this variant: `probe`, `serve`, `shared`, `script` reach it in every way there is."""
    if variant not in targets:
        run = request.config.stash[run_key]
        targets[variant] = Target(run.implementation, variant, options=run.server_options)
    return targets[variant]


@pytest.fixture
def root(target: Target) -> Service:
    """The shared root scenario, attested: for checks that only read."""
    return target.root()


@pytest.fixture(autouse=True)
def _own_services(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a check starts for itself ends with it; what the last one did is no evidence of this one."""
    if "target" not in request.fixturenames:
        yield
        return
    target: Target = request.getfixturevalue("target")
    target.forget_check()
    try:
        yield
    finally:
        target.end_owned()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    variant = _variant(item)
    if variant is None or binding_of(getattr(item, "function", None)) is None:
        return report
    target: Target | None = getattr(item, "funcargs", {}).get("target")
    evidence = None if call.excinfo is None else _evidence(item, variant, call.excinfo, target)
    if evidence is not None:
        for title, text in (
            ("exchanges", "\n\n".join(evidence.exchanges)),
            ("server's output", evidence.log),
            ("run it again", evidence.reproduce),
        ):
            if text:
                report.sections.append((title, text))
    report.user_properties.append(
        (
            _PROPERTY,
            {
                "check": _check_name(item),
                "variant": str(variant),
                "evidence": evidence.as_json() if evidence else None,
                "facts": facts_of(target),
            },
        )
    )
    return report


def _check_name(item: pytest.Item) -> str:
    return f"{item.path.name}::{getattr(item, 'originalname', item.name)}"


def _evidence(
    item: pytest.Item, variant: Variant, excinfo: pytest.ExceptionInfo[BaseException], target: Target | None
) -> Evidence:
    error = excinfo.value
    failed = isinstance(error, (AssertionError, pytest.fail.Exception))
    reason = str(error) if failed or isinstance(error, HarnessError) else f"{type(error).__name__}: {error}"
    touched = target.touched if target else []
    case = item.name.partition("[")[2].removeprefix(str(variant)).rstrip("]")
    return Evidence(
        check=_check_name(item),
        outcome=Outcome.FAILED if failed else Outcome.UNVERIFIED,
        reason=reason,
        reproduce=reproduce(_check_name(item), variant, item.config.getoption("implementation"), case),
        log="\n".join(service.log_tail for service in touched if service.log_tail),
        exchanges=tuple(str(exchange) for exchange in (target.exchanges if target else [])[-5:]),
    )
