"""First order to an agent: import what every service of a variant needs, and say whether the interpreter can be
judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from conformance.contract.libraries import LIBRARIES
from conformance.contract.variant import Variant
from conformance.foundation import deadline
from conformance.foundation.deadline import Deadline
from conformance.foundation.exceptions import (
    AgentDied,
    FrameworkMissing,
    HarnessError,
    NoImplementation,
    TwoImplementations,
)
from conformance.target.agent_client import Agent, AgentReport
from conformance.target.implementation import Implementation
from conformance.target.interpreter import environment

PACKAGE = "utilmeta"
PRELOADED = (
    "utilmeta",
    "utilmeta.core.api",
    "utilmeta.core.request",
    "utilmeta.core.response",
    "utilmeta.conf",
)
_REFUSALS: dict[str, type[HarnessError]] = {
    "no-framework": FrameworkMissing,
    "no-implementation": NoImplementation,
    "two-implementations": TwoImplementations,
    "broken": AgentDied,
}


def prepare(agent: Agent, implementation: Implementation, variant: Variant) -> AgentReport:
    """Make the agent import all modules that a service of this variant needs; return its report about the interpreter.

    Raises the HarnessError that says why the interpreter cannot be judged.
    """
    framework, backend = variant.framework, variant.backend
    identifier = agent.order(
        "prepare",
        package=_provided(implementation),
        framework=backend,
        preload=[
            *PRELOADED,
            *framework.preload,
            *(name.replace("{backend}", backend) for name in implementation.preload),
        ],
        dispatch=framework.dispatch[variant.mode],
        stamps=list(framework.stamps),
        libraries=list(LIBRARIES),
    )
    report = agent.report(identifier, ("prepared", "refused"), Deadline.after(deadline.PREPARE))
    name = implementation.name
    if report is None:
        raise AgentDied(f"The agent of {name} has not imported {backend} within {deadline.PREPARE:g} s.")
    if report["event"] == "refused":
        cure = f" Install what {implementation.file} needs for {variant}, or choose another --backend."
        raise _REFUSALS[report["kind"]](f"{name}: {report['message']}.{cure}")
    require_distribution(implementation, report["distributions"])
    return report


def inspect(implementation: Implementation, executable: Path, modules: Sequence[str], log: Path) -> list[str]:
    """Return which of these modules the implementation's interpreter has not, in a process that ends with the call.

    Raises NoImplementation or TwoImplementations where it has not the implementation that the file speaks of.
    """
    agent = Agent(executable, environment(implementation), log)
    try:
        identifier = agent.order("inspect", package=_provided(implementation), modules=list(modules))
        report = agent.report(identifier, ("inspected",), Deadline.after(deadline.PREPARE))
    finally:
        agent.close(seconds=1)
    if report is None:
        raise AgentDied(f"{executable} has not said within {deadline.PREPARE:g} s what is installed.")
    if len(report["distributions"]) > 1:
        names = " and ".join(entry["name"] for entry in report["distributions"])
        raise TwoImplementations(
            f"{implementation.name}: {names} both provide `{_provided(implementation)}` in {executable}."
        )
    require_distribution(implementation, report["distributions"])
    if not report["found"]:
        raise NoImplementation(
            f"{implementation.name}: {executable} has no module `{_provided(implementation)}`: let "
            f"{implementation.file} install the distribution that provides it, name its folder in "
            "interpreter.path, or map its own names in [names]."
        )
    return list(report["lacks"])


def require_distribution(implementation: Implementation, found: Sequence[Mapping[str, str]]) -> None:
    """Raise NoImplementation unless the distribution that the file names, if it does, provides the package."""
    names = [entry["name"] for entry in found]
    if implementation.distribution is not None and names != [implementation.distribution]:
        raise NoImplementation(
            f"{implementation.file} says that {implementation.distribution} provides `{_provided(implementation)}`; "
            f"the interpreter has {', '.join(names) or 'none'}."
        )


def _provided(implementation: Implementation) -> str:
    """Return the package in which the implementation has `UtilMeta`: another than the page's where [names] say so."""
    names = implementation.names
    own = names.get(f"{PACKAGE}:UtilMeta") or names.get(PACKAGE) or PACKAGE
    return own.partition(":")[0].partition(".")[0]
