"""Libraries that some checks need in the implementation's interpreter, and without which those are unverified."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from conformance.contract.check import Check
from conformance.contract.requirement import Requirement
from conformance.contract.variant import Start

SERVERS = ("gunicorn", "gevent", "uvicorn_worker", "hypercorn", "granian")  # servers, and workers of one
FIXTURES = {  # a library of the checks that use a fixture
    "psycopg": "postgresql",
    "ninja": "ninja",
    "rest_framework": "rest_framework",
}
FEATURES = {"redis": "redis"}  # a library of the requirements that need a feature
LIBRARIES = (*SERVERS, *FIXTURES, *FEATURES)


def of_command(command: Iterable[str]) -> list[str]:
    """Return which libraries a server's command names, by itself or by the class of its workers."""
    words = [word.partition(".")[0] for word in command]
    return [name for name in SERVERS if name in words]


def of_check(fixtures: Collection[str], requirements: Iterable[Requirement]) -> list[str]:
    """Return which libraries a check of these requirements needs that uses these fixtures, servers left out."""
    needed = {feature for requirement in requirements for feature in requirement.needs}
    return [
        *(name for name, fixture in FIXTURES.items() if fixture in fixtures),
        *(name for name, feature in FEATURES.items() if feature in needed),
    ]


def needed_by(check: Check, requirements: Collection[Requirement], closure: Mapping[str, Collection[str]]) -> list[str]:
    """Return which libraries a check needs; all servers where it is deployed, since only its run says which.

    `closure` holds for each fixture all those that it asks for.
    """
    fixtures = {*check.fixtures, *(inner for name in check.fixtures for inner in closure.get(name, ()))}
    deployed = check.binding is not None and check.binding.start is Start.DEPLOYED
    return [*of_check(fixtures, requirements), *(SERVERS if deployed else ())]
