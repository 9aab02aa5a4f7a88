"""Runs each check that asks for `root` against the oracle, before a worker first runs it against an implementation.

A check that fails on the oracle says nothing about implementations: its cells become unverified, the exit code 3. So do
those of a check that avoids the oracle without need: it asks for `target`, and uses nothing but the root scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import Any

import pytest

from conformance.contract.check import binding_of
from conformance.foundation import loopback, seeded_random
from conformance.foundation.exceptions import HarnessError, OracleFails
from conformance.plugin.fixtures import trace_of
from conformance.plugin.run import is_check, node_of, place_of, run_key, variant_of
from conformance.target import observed
from conformance.target.target import Target
from conformance.target.trace import Trace
from conformance.trust.oracle import Oracle


class Control:
    """A worker's oracle, and the result of each case of a check that has run against it."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self._found: dict[str, OracleFails | None] = {}

    def require(self, name: str, function: Callable[..., object], arguments: Mapping[str, Any]) -> None:
        """Raise OracleFails unless the check passes with the oracle as `root`; it runs once for each `name`.

        `name` is that of check and case, `arguments` are what pytest calls the function with.
        """
        if name not in self._found:
            try:
                self._put(name, function, arguments)
                self._found[name] = None
            except OracleFails as failure:
                self._found[name] = failure
        found = self._found[name]
        if found is not None:
            raise found

    def _put(self, name: str, function: Callable[..., object], arguments: Mapping[str, Any]) -> None:
        self.oracle.exchanges.clear()
        try:
            function(**{**arguments, "root": self.oracle})
        except (Exception, pytest.fail.Exception, pytest.skip.Exception) as error:
            reason = str(error) if isinstance(error, AssertionError) else f"{type(error).__name__}: {error}"
            answers = "\n\n".join(str(exchange) for exchange in self.oracle.exchanges[-1:])
            raise OracleFails(
                f"The oracle, which answers the root scenario by hand, fails {name}, so the check says nothing about "
                f"anybody. Mend the check, or trust/oracle.py:\n{reason}\nThe oracle's last answer:\n{answers}"
            ) from error
        finally:
            seeded_random.again()
            observed.forget()


def require_exemption(name: str, target: Target, trace: Trace) -> None:
    """Raise HarnessError for a check that used nothing of the target but the shared root scenario.

    The oracle could have answered it. `trace` is what the check did to the target.
    """
    if trace.touched and all(map(target.is_root, trace.touched)):
        raise HarnessError(
            f"{name} uses nothing but the root scenario and is not put to the oracle: let it ask for `root` instead of "
            '`target`. If the oracle cannot answer it, let it ask for both, and say without_oracle="why not".'
        )


control_key = pytest.StashKey[Control]()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    if not is_check(pyfuncitem) or variant_of(pyfuncitem) is None:
        return (yield)
    name, case = place_of(node_of(pyfuncitem))
    check = pyfuncitem.config.stash[run_key].controlled.get(name)
    if check is not None:
        stash = pyfuncitem.config.stash
        if control_key not in stash:
            stash[control_key] = Control(Oracle(loopback.own_address()))
        arguments = {name: pyfuncitem.funcargs[name] for name in check.fixtures | check.cases}
        stash[control_key].require(f"{name}[{case}]" if case else name, pyfuncitem.function, arguments)
        return (yield)
    result = yield
    binding, target = binding_of(pyfuncitem.function), pyfuncitem.funcargs.get("target")
    if binding is not None and binding.without_oracle is None and isinstance(target, Target):
        require_exemption(name, target, trace_of(pyfuncitem, target))
    return result


def pytest_unconfigure(config: pytest.Config) -> None:
    control = config.stash.get(control_key, None)
    if control is not None:
        control.oracle.close()
