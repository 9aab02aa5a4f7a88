"""The table of what a configuration becomes: what the documentation shows is what the check of CONFIG-7 demands."""

from __future__ import annotations

import json
from pathlib import Path

from conformance.checks.test_config import EFFECTS
from conformance.contract.backend import Capability
from conformance.contract.variant import Variant
from conformance.measurements import configurations

PAGE = Path(__file__).parents[1] / "docs" / "configurations.md"


def test_the_page_shows_what_every_variant_is_checked_for() -> None:
    given = json.dumps(EFFECTS).replace("{nonce}", "...").replace("{word}", configurations.WORD)
    found = {}
    for variant in Variant.every():
        runs = "runs" if variant.can(Capability.DJANGO_MIDDLEWARE) else "does not run"
        middleware = ["config_all.marking", runs]
        found[variant] = {
            **json.loads(given), configurations.APPS: ["domain.article"], configurations.MIDDLEWARE: middleware
        }  # fmt: skip
    shown = {line for line in PAGE.read_text().splitlines() if line.startswith("|")}
    assert shown == set(configurations.table(found).splitlines()), "run `python -m conformance configurations`"
