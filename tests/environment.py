"""What the tests need to be installed, read from pyproject.toml, and what of it is not there."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PROJECT = Path(__file__).parent.parent
EXTRA = "tests"
CURE = f"pip install -e '.[{EXTRA}]'"


def missing(project: Path = PROJECT) -> list[str]:
    """The requirements of the project's extra `tests` that this environment does not meet, as they are written."""
    with open(project / "pyproject.toml", "rb") as file:
        described = tomllib.load(file)["project"]
    return [str(each) for each in _required(described, EXTRA) if not _met(each)]


def sentence(lacking: list[str]) -> str:
    """One line that names what is missing and the cure."""
    return (
        f"The project's own tests need {', '.join(lacking)}, which this environment does not have: {CURE}. The "
        "conformance run needs none of that: `pytest conformance`."
    )


def _required(described: Mapping[str, Any], extra: str) -> Iterator[Requirement]:
    """The requirements of an extra; those of other extras of this project that it names are among them."""
    for requirement in map(Requirement, described["optional-dependencies"][extra]):
        if requirement.name == described["name"]:
            for other in sorted(requirement.extras):
                yield from _required(described, other)
        elif requirement.marker is None or requirement.marker.evaluate():
            yield requirement


def _met(requirement: Requirement) -> bool:
    try:
        return requirement.specifier.contains(metadata.version(requirement.name), prereleases=True)
    except metadata.PackageNotFoundError:
        return False
