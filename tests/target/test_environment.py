"""What the tests need to be installed, and what of that is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import environment


def project(folder: Path, *requirements: str) -> Path:
    listed = ", ".join(f"'{each}'" for each in requirements)
    (folder / "pyproject.toml").write_text(
        f"[project]\nname = 'mine'\n[project.optional-dependencies]\ntests = [{listed}]\n"
        "more = ['no-such-package', 'mine[most]']\nmost = ['pytest>=900', 'pytest']\n"
    )
    return folder


@pytest.mark.parametrize(
    ("requirements", "missing"),
    [
        ([], []),
        (["pytest", "PyTest>=8.4"], []),
        (["no_such_package>=1", "pytest<8"], ["no_such_package>=1", "pytest<8"]),
        (['no-such-package; python_version < "3"'], []),
        (["mine[more]", "psutil"], ["no-such-package", "pytest>=900"]),
    ],
)
def test_what_an_environment_does_not_meet_is_missing(
    tmp_path: Path, requirements: list[str], missing: list[str]
) -> None:
    assert environment.missing(project(tmp_path, *requirements)) == missing


def test_nothing_is_missing_here() -> None:
    assert environment.missing() == []
