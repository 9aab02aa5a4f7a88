"""The live control: before a worker first puts a check to an implementation, the oracle has to pass it.

A check that the oracle fails says nothing about anybody: its cells become unverified, the exit code 3.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import Any

import pytest

from conformance.foundation import loopback, seeded_random
from conformance.foundation.faults import HarnessError, OracleFails
from conformance.plugin.run import is_check, node_of, place_of, run_key, variant_of
from conformance.target.service import Respondent
from conformance.trust.oracle import Oracle


class Control:
    """What a worker knows of its checks by having put them to its oracle, once for each case."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self._found: dict[str, OracleFails | None] = {}

    def require(self, name: str, function: Callable[..., object], arguments: Mapping[str, Any]) -> None:
        """Raise OracleFails unless the check passes with the oracle as `root`; `name` is that of check and case."""
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
        for argument, value in arguments.items():
            if argument != "root" and isinstance(value, Respondent):
                raise HarnessError(
                    f"{name} asks for `{argument}` beside `root`, so it cannot be put to the oracle: let it ask for "
                    "`target` instead and list it in conformance/trust/exemption.py."
                )
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


control_key = pytest.StashKey[Control]()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    if not is_check(pyfuncitem):
        return (yield)
    run = pyfuncitem.config.stash[run_key]
    check, case = place_of(node_of(pyfuncitem))
    if variant_of(pyfuncitem) is not None and check in run.controlled:
        stash = pyfuncitem.config.stash
        if control_key not in stash:
            stash[control_key] = Control(Oracle(loopback.own_address()))
        function = pyfuncitem.function
        arguments = {name: pyfuncitem.funcargs[name] for name in run.controlled[check]}
        stash[control_key].require(f"{check}[{case}]" if case else check, function, arguments)
    return (yield)


def pytest_unconfigure(config: pytest.Config) -> None:
    control = config.stash.get(control_key, None)
    if control is not None:
        control.oracle.close()
