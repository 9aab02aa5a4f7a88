"""A local file for tests of bodies."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "tim.png"
    path.write_bytes(b"\x89PNG\r\n--")
    return path
