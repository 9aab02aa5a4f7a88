"""First order to an agent: import what every service of a variant needs, and say whether the interpreter can be
judged."""

from __future__ import annotations

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
    )
    report = agent.report(identifier, ("prepared", "refused"), Deadline.after(deadline.PREPARE))
    name = implementation.name
    if report is None:
        raise AgentDied(f"The agent of {name} has not imported {backend} within {deadline.PREPARE:g} s.")
    if report["event"] == "refused":
        cure = f" Install what {implementation.file} needs for {variant}, or choose another --backend."
        raise _REFUSALS[report["kind"]](f"{name}: {report['message']}.{cure}")
    wanted = implementation.distribution
    found = [entry["name"] for entry in report["distributions"]]
    if wanted is not None and found != [wanted]:
        raise NoImplementation(
            f"{implementation.file} says that {wanted} provides `{_provided(implementation)}`; the interpreter has "
            f"{', '.join(found) or 'none'}."
        )
    return report


def _provided(implementation: Implementation) -> str:
    """Return the package in which the implementation has `UtilMeta`: another than the page's where [names] say so."""
    names = implementation.names
    own = names.get(f"{PACKAGE}:UtilMeta") or names.get(PACKAGE) or PACKAGE
    return own.partition(":")[0].partition(".")[0]
