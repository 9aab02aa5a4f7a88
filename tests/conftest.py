"""Fixtures of the harness's tests: targets whose services are built by hand, and what they leave behind."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conformance.contract.variant import Variant
from conformance.foundation.exceptions import HarnessError
from conformance.foundation.exit_codes import ExitCode
from conformance.target import implementation, interpreter
from conformance.target.target import Target
from tests import environment

FAKES = Path(__file__).parent / "fakes"

Open = Callable[[str], Target]


def pytest_configure() -> None:
    """See that what the tests need is installed, before each of them says that it is not.

    A shell has its background jobs ignore SIGINT, and so does all that they start: here some is to hear it.
    """
    lacking = environment.missing()
    if lacking:
        pytest.exit(environment.sentence(lacking), returncode=ExitCode.UNVERIFIED)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """The environment of the reference, which many runs in these tests judge, is not for the first of them to make."""
    if hasattr(session.config, "workerinput") or session.config.option.collectonly:
        return
    reporter = session.config.pluginmanager.getplugin("terminalreporter")
    try:
        interpreter.ready(implementation.find("reference"), *([reporter.write_line] if reporter else []))
    except HarnessError as error:
        pytest.exit(str(error), returncode=ExitCode.UNVERIFIED)


@pytest.fixture
def handmade() -> Iterator[Open]:
    """Opens a target over tests/fakes/scenarios; all are closed at the end."""
    opened = []

    def open_target(variant: str) -> Target:
        target = Target(implementation.load(FAKES / "handmade.toml"), Variant.parse(variant), FAKES / "scenarios")
        opened.append(target)
        return target

    yield open_target
    for target in opened:
        target.close()
