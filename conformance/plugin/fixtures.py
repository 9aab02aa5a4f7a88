"""Fixtures of checks: the target to judge and the shared root scenario; ends what a check has started."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator

import pytest

from conformance.contract.variant import Variant
from conformance.foundation import seeded_random
from conformance.plugin import connections
from conformance.plugin.run import is_check, run_key
from conformance.target import observed
from conformance.target.exchange import Address
from conformance.target.service import Service
from conformance.target.target import Target
from conformance.target.trace import Trace
from conformance.trust.mutant import Change

targets_key = pytest.StashKey[dict[Variant, Target]]()
begun_key = pytest.StashKey[tuple[Counter[Address], int]]()
request_key = pytest.StashKey[pytest.FixtureRequest]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if is_check(item):
        seeded_random.begin(item.config.stash[run_key].seed)  # whatever a test before it began
        seeded_random.reseed(item.path.name, item.name)
        observed.forget()


@pytest.hookimpl(wrapper=True, trylast=True)  # so that it is the last before the check
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Reset the random values before a check, so that what its fixtures drew changes nothing for it."""
    if is_check(pyfuncitem):
        seeded_random.again()
        observed.forget()
        connections.watch()
        target = pyfuncitem.funcargs.get("target")
        prepared = len(target.trace.preparation) if isinstance(target, Target) else 0
        pyfuncitem.stash[begun_key] = connections.opened(), prepared
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """Give a session-scoped fixture random values and a trace of its own, whichever check asks for it first."""
    if fixturedef.scope != "session" or "target" not in fixturedef.argnames:
        return (yield)
    target = request.getfixturevalue("target")
    if not isinstance(target, Target):  # another test's fixture of that name
        return (yield)
    outer, target.trace = target.trace, Trace()
    target.lives[fixturedef.argname] = target.trace
    try:
        with seeded_random.apart(fixturedef.argname, str(target.variant)):
            return (yield)
    finally:
        target.trace = outer


def asked(item: pytest.Item, target: Target, trace: Trace) -> bool:
    """Whether a check asked the implementation for anything, by a connection of its own too.

    The exchanges by which the harness makes sure of a service are no question of the check.
    """
    before, prepared = item.stash[begun_key]
    own = connections.opened() - before
    own -= Counter(each.address for each in target.trace.preparation[prepared:])
    return target.asked(trace) or any(own[each.address] > 0 for each in trace.touched)


def trace_of(item: pytest.Item, target: Target | None) -> Trace:
    """Return what the session-scoped fixtures of a check, and then the check, did to the target."""
    if target is None:
        return Trace()
    own = target.trace if request_key in item.stash else Trace()  # without a request the check has not begun
    return sum((target.lives[name] for name in _fixtures(item) if name in target.lives), Trace()) + own


def drawn_by(item: pytest.Item, variant: Variant) -> frozenset[str | int]:
    """Return what a check and its session-scoped fixtures drew."""
    return seeded_random.drawn((name, str(variant)) for name in _fixtures(item))


def _fixtures(item: pytest.Item) -> list[str]:
    request = item.stash.get(request_key, None)
    return getattr(item, "fixturenames", []) if request is None else request.fixturenames


@pytest.fixture(scope="session")
def targets(request: pytest.FixtureRequest) -> Iterator[dict[Variant, Target]]:
    """The worker's target, by its variant; it is closed when the next variant is asked for, or with the session."""
    opened: dict[Variant, Target] = {}
    request.config.stash[targets_key] = opened
    try:
        yield opened
    finally:
        for target in opened.values():
            target.close()


@pytest.fixture(scope="session")
def mutant() -> None:
    """What is loaded over the implementation; None, unless `--mutants` or `--variations` parametrizes it."""


@pytest.fixture(scope="session")
def target(
    variant: Variant, mutant: Change | None, targets: dict[Variant, Target], request: pytest.FixtureRequest
) -> Iterator[Target]:
    """The implementation on this variant, which a check reaches by `probe`, `serve`, `shared` and `script`."""
    if variant not in targets:
        while targets:  # an idle uvicorn wakes ten times a second
            targets.popitem()[1].close()
        run = request.config.stash[run_key]
        free = run.freedoms(variant).files
        targets[variant] = Target(run.implementation, variant, options=run.server_options, mutants=free, partial=True)
    if mutant is None:
        yield targets[variant]
    else:
        with targets[variant].mutated(*mutant.files) as mutated:
            yield mutated


@pytest.fixture
def root(target: Target) -> Service:
    """The shared service of the root scenario, for checks that change nothing in it."""
    return target.root()


@pytest.fixture(autouse=True)
def _own_services(request: pytest.FixtureRequest) -> Iterator[None]:
    """Clear the target's trace before a check, and end the services that the check started after it."""
    if "target" not in request.fixturenames or not is_check(request.node):
        yield
        return
    target: Target = request.getfixturevalue("target")
    target.forget_check()
    request.node.stash[request_key] = request
    try:
        yield
    finally:
        target.end_owned()
