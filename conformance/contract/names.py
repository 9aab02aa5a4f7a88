"""Which requirement promises each documented name, so that a check can be blocked by it where the name is missing."""

from __future__ import annotations

import functools
import sys
from collections.abc import Mapping
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE = Path(__file__).with_name("names.toml")


@functools.cache
def load(file: Path = FILE) -> Mapping[str, str]:
    """Read the table: requirement ids by documented name; a keyword reads `utilmeta.UtilMeta(port)`."""
    return dict(tomllib.loads(file.read_text(encoding="utf-8")))


def promised_by(name: str) -> str:
    """Return the id of the requirement that promises `name`, or else what holds it; "" if none does."""
    table = load()
    while name and name not in table:
        name = name.rpartition("(" if name.endswith(")") else ".")[0]
    return table.get(name, "")
