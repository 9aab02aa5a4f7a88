"""Why nothing answered a check: what the implementation cannot serve at all, or lacks of a script's scenario."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.foundation.exceptions import Blocked, ImplementationFault, ScenarioFailed
from conformance.target.missing import MissingPart, Use
from conformance.target.service import Script, Started
from conformance.target.trace import Trace

if TYPE_CHECKING:
    from conformance.target.target import Target

BASELINE = "application_hello_world"  # the smallest service, the page's
PATH = "/api/hello"
SERVES = "BACKEND-1"  # what is not kept where the smallest service is not served


class Diagnosis:
    """Explains failures of the checks of one target; what it has to try for that, it tries once."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._baseline: str | None = None
        self._missing: dict[str, tuple[MissingPart, ...]] = {}

    @property
    def baseline(self) -> str:
        """Why the implementation cannot serve the smallest service on this variant, in a line; "" if it can."""
        if self._baseline is None:
            self._baseline = ""
            if (self._target.scenarios / f"{BASELINE}.py").is_file():
                self._baseline = self._try_baseline()
        return self._baseline

    def _try_baseline(self) -> str:
        with self._aside() as started:
            try:
                answer = self._target.begin(BASELINE, None, {}, {}, None, started, whole=True).get(PATH)
            except ScenarioFailed as fault:
                return fault.cause or str(fault)
            except ImplementationFault as fault:
                return str(fault)
        return "" if answer.status == 200 else f"GET {PATH} of the page's Hello World is answered {answer.status}"

    def require_baseline(self, scenario: str, fault: ImplementationFault) -> None:
        """Raise Blocked, because of the scenario's fault, if the smallest service is not served either."""
        if scenario != BASELINE and self._target.partial and self.baseline:
            raise Blocked(SERVES, self.baseline) from fault

    def explain(self, trace: Trace, error: BaseException) -> BaseException:
        """Return what a check failed for: Blocked where nothing answered it because nothing is served here at all.

        Otherwise it is `error`, and the parts that its scripts lack are added to the trace.
        """
        if not self._target.partial or any(each.status for each in trace.exchanges):
            return error
        used = {each.scenario for each in trace.touched}
        if BASELINE not in used and self._is_baselines(trace, error):
            return Blocked(SERVES, self.baseline)
        for script in [each for each in trace.touched if isinstance(each, Script)]:
            for part in self._missing_of(script.scenario):
                if part.error.partition(": ")[2] in script.output:
                    trace.missing[replace(part, use=Use.LEFT_OUT)] = None
        return error

    def _is_baselines(self, trace: Trace, error: BaseException) -> bool:
        """Whether a check failed as the smallest service does: with its error, or because a service did not answer."""
        probed = bool(trace.probes)
        served = len(trace.touched) > len(trace.probes)
        if not (probed or served or isinstance(error, ImplementationFault)) or not self.baseline:
            return False
        what = self.baseline.partition(": ")[2] or self.baseline
        return what in str(error) or isinstance(error, ImplementationFault) or (served and not probed)

    def _missing_of(self, scenario: str) -> tuple[MissingPart, ...]:
        """Parts that the implementation lacks of a scenario, as a forked start without settings shows them."""
        if scenario not in self._missing:
            self._missing[scenario] = ()
            with self._aside() as started, contextlib.suppress(ImplementationFault):
                self._missing[scenario] = self._target.begin(scenario, None, {}, {}, None, started).missing
        return self._missing[scenario]

    @contextlib.contextmanager
    def _aside(self) -> Iterator[list[Started]]:
        """Context manager: services that are started meanwhile leave no trace, and those in the list are ended."""
        outer, self._target.trace = self._target.trace, Trace()
        started: list[Started] = []
        try:
            yield started
        finally:
            for each in started:
                each.end()
            self._target.trace = outer
