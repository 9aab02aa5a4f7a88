"""Entry of the pytest plugin: registers its options and parts, and parametrizes each check with its variants.

`run` holds what was selected, `fixtures` starts services, `oracle_control` puts checks to the oracle, `worker` records
what a check found, `controller` judges and reports. Exit codes are those of `conformance.foundation.exit_codes`; 3 also
says that another test of the session failed. In a session that can hold no check the plugin does nothing.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Generator, Mapping
from typing import Any, NoReturn

import psutil
import pytest

from conformance.contract.check import CHECKS, binding_of
from conformance.contract.client_library import CLIENT_LIBRARIES, judged_on
from conformance.contract.requirement import ContractError, Level
from conformance.contract.variant import Variant
from conformance.foundation.exceptions import BadUsage, HarnessError
from conformance.foundation.exit_codes import ExitCode
from conformance.judging.selection import judges
from conformance.plugin.controller import Controller, leave
from conformance.plugin.mutation_run import Killing, KillingController
from conformance.plugin.progress import Progress
from conformance.plugin.run import PROGRESS, Run, run_key
from conformance.plugin.variation_run import Freedoms, Varying, VaryingController
from conformance.trust.mutant import Pairing

IMPLEMENTATION = "reference"
LEVEL = Level.FULL.value
AUTO_WORKERS = "PYTEST_XDIST_AUTO_NUM_WORKERS"  # the number that xdist takes in place of the CPUs
OPTIONS = (
    "implementation", "backend", "mode", "requirement", "level", "details", "server_option", "mutants", "mutant",
    "full", "write_ledger", "strict_ledger", "variations", "variation", "shard", "report", "evidence", "replays",
    "seed",
)  # fmt: skip

pytest_plugins = ["conformance.plugin.fixtures", "conformance.plugin.worker", "conformance.plugin.oracle_control"]

pytest.register_assert_rewrite("conformance.checks")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("conformance", "judging an implementation of the UtilMeta contract")
    group.addoption(
        "--implementation",
        default=IMPLEMENTATION,
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
        "--level",
        default=LEVEL,
        metavar="LEVEL",
        help="what to judge: page (what the page promises), guides (what UtilMeta's other guides promise too), or full "
        "(our readings too; default)",
    )
    group.addoption(
        "--details",
        action="store_true",
        help="print all that came of each check that did not pass, which is in files otherwise",
    )
    group.addoption(
        "--server-option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="uvicorn's HTTP parser (http=h11|httptools) or event loop (loop=asyncio|uvloop), for the forked services; "
        "repeatable",
    )
    group.addoption("--mutants", action="store_true", help="see that every check fails on the mutants that it names")
    group.addoption("--mutant", action="append", default=[], metavar="NAME", help="only this mutant; repeatable")
    group.addoption("--full", action="store_true", help="every check on every mutant")
    group.addoption(
        "--variations", action="store_true", help="see that no check fails for what its requirement leaves free"
    )
    group.addoption(
        "--variation", action="append", default=[], metavar="NAME", help="only this variation, alone; repeatable"
    )
    group.addoption(
        "--shard", metavar="I/N", help="only this part of --variations: each check with one in N of the combinations"
    )
    group.addoption(
        "--write-ledger",
        action="store_true",
        help="list what fails in the implementation's ledger, and judge by that",
    )
    group.addoption(
        "--strict-ledger",
        action="store_true",
        help="end with 1 where the ledger lists what passes",
    )
    group.addoption(
        "--report",
        metavar="FILE",
        help="where to write (default: reports/<implementation>/report.json; of a part: part/report.json there)",
    )
    group.addoption(
        "--evidence", metavar="FOLDER", help="where to keep what happened in each case (default: beside the report)"
    )
    group.addoption(
        "--replays",
        type=int,
        metavar="N",
        help="run each failure again so often before the report is written "
        "(default: what the implementation's file says, or 3; where a node id or -k chooses checks: 0)",
    )
    group.addoption(
        "--seed",
        type=int,
        metavar="N",
        help="draw the random values that a run of this seed drew (default: fresh ones)",
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """Return one worker more than there are CPUs for `-n auto`: a check waits much for services that begin or end."""
    if AUTO_WORKERS in os.environ:
        return None  # which is for xdist to read
    return (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1) + 1


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, int, int]:
    """End with 2 where pytest itself finds bad usage, such as a node id that does not exist."""
    if not judges(config):
        return (yield)
    try:
        return (yield)
    except pytest.UsageError as error:
        sys.stderr.write("".join(f"ERROR: {part}\n" for part in error.args))
        return ExitCode.BAD_USAGE


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if not judges(config):
        _refuse_options(config)
        return
    signal.signal(signal.SIGTERM, _terminated)
    try:
        run = Run(config)
    except BadUsage as error:
        leave(str(error), ExitCode.BAD_USAGE)
    except (HarnessError, ContractError) as error:
        leave(str(error), ExitCode.UNVERIFIED)
    config.stash[run_key] = run
    if _is_worker(config):
        config.option.maxfail = 0  # whether a failure counts for -x, the controller says, which has the ledger
    if run.implementation.variations is not None:
        config.pluginmanager.register(Freedoms(run), "conformance-freedoms")
    if run.mutants:
        config.pluginmanager.register(Killing(), "conformance-killing")
    if run.variations:
        config.pluginmanager.register(Varying(), "conformance-varying")
    if not _is_worker(config):
        changing = VaryingController if run.variations else KillingController
        controller = changing if run.changes else Controller
        config.pluginmanager.register(controller(config, run), "conformance-controller")
        config.pluginmanager.register(Progress(config, run), PROGRESS)


def _refuse_options(config: pytest.Config) -> None:
    """Refuse options that are about checks in a session that can hold none."""
    for name in OPTIONS:
        value = config.getoption(name)
        if not (value is None or value is False or value == [] or value in (IMPLEMENTATION, LEVEL)):
            asked = " ".join(config.args)
            leave(f"--{name.replace('_', '-')} is for checks, and there are none in {asked}.", ExitCode.BAD_USAGE)


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _terminated(number: int, frame: object) -> NoReturn:
    """Unwind on SIGTERM as on Ctrl-C, in the workers too, so that services end and their folders are removed."""
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
    if run.changes:
        _put_to_changes(metafunc, run)
        return
    variants = [
        variant
        for variant in Variant.every(run.implementation.backends)
        if any(run.contract[identifier].applies.holds(variant) for identifier in binding.requirements)
    ]
    # What is not chosen is left out later; to make an item of each first would cost more than most runs of a part.
    asked = run.asks_for(binding)
    chosen = [variant for variant in variants if asked and variant in run.scope.variants]
    _parametrize(metafunc, run, {str(variant): {"variant": variant} for variant in chosen or variants[:1]})


def _put_to_changes(metafunc: pytest.Metafunc, run: Run) -> None:
    name = f"{metafunc.definition.path.name}::{metafunc.function.__name__}"
    # A check that is put to none makes one item, which is left out later.
    pairings = run.pairings.get(name) or [Pairing(name, run.scope.variants[0], None)]
    cases = {str(pairing): {"variant": pairing.variant, "mutant": pairing.mutant} for pairing in pairings}
    _parametrize(metafunc, run, cases)


def _parametrize(metafunc: pytest.Metafunc, run: Run, cases: Mapping[str, Mapping[str, Any]]) -> None:
    """Give a check its cases, by their ids; where it asks for `client_library`, one with that of the variant.

    A mutant may break one library alone, so a check is put to it with all.
    """
    if "client_library" in metafunc.fixturenames:
        variants = Variant.every(run.implementation.backends)
        cases = {
            f"{name}-{library}": {**case, "client_library": library}
            for name, case in cases.items()
            for library in (CLIENT_LIBRARIES if run.mutants else [judged_on(case["variant"], variants)])
        }
    names = list(next(iter(cases.values())))
    metafunc.parametrize(names, [tuple(case.values()) for case in cases.values()], ids=list(cases), scope="session")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Exempt the collected items, which live to the end, from garbage collection."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    run = config.stash.get(run_key, None)
    if run is None:
        return
    kept, left_out = [], []
    for item in items:
        if not item.path.is_relative_to(CHECKS) or run.chosen(item):
            kept.append(item)
        else:
            left_out.append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept
