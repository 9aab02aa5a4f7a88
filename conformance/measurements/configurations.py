"""Effects of each configuration on each backend, asked of a service that uses all configurations at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from conformance.contract.variant import Variant
from conformance.target.implementation import Implementation
from conformance.target.service import Service
from conformance.target.target import Target

SCENARIO = "config_all"
WORD = "word"
DATABASE = 'Database(engine="sqlite3", name="...")'
CACHE = 'Cache(engine="locmem")'
FORMAT = 'Time(datetime_format="%Y-%m-%dT%H:%M:%S")'
PREFERENCE = "Preference(strict_root_route=True)"
APPS = 'DjangoSettings(apps_package="domain")'
MIDDLEWARE = 'DjangoSettings(middleware=["config_all.marking"])'
"""The one whose effect is Django's alone: elsewhere it is a setting, and no middleware runs."""

Effects = dict[str, Any]


def effects(service: Service, word: str) -> Effects:
    """What became of each configuration, by the words in which it was given: settings as they are read where the
    service runs, and what is seen from outside. `word` is written to its database and its cache, and read from them.

    Raises AssertionError where an answer is none of the kind that was asked for.
    """
    found: Effects = service.get("/api/settings").json()
    kept = service.get(f"/api/keep/{word}").json()
    moment = service.get("/api/moment")
    runs = moment.header("X-Marked") == service.nonce
    return {
        **found,
        MIDDLEWARE: [*found[MIDDLEWARE], "runs" if runs else "does not run"],
        DATABASE: [found[DATABASE], *kept["database"]],
        CACHE: [found[CACHE], kept["cache"]],
        FORMAT: moment.json()["at"],
        PREFERENCE: service.get("/moment").status,
    }


def measure(implementation: Implementation) -> Iterator[tuple[Variant, Effects]]:
    """Return the effects on each variant of an implementation; random words of the run are written as `...`."""
    for variant in implementation.variants:
        with Target(implementation, variant) as target:
            service = target.serve(SCENARIO)
            found = json.dumps(effects(service, WORD)).replace(service.nonce, "...")
            yield variant, json.loads(found)


def table(found: Mapping[Variant, Effects]) -> str:
    """Return a Markdown table with a row for each configuration, several where backends differ."""
    rows = ["| configuration | becomes | on |", "|---|---|---|"]
    for given in next(iter(found.values()), {}):
        where: dict[str, list[Variant]] = {}
        for variant, effect in found.items():
            where.setdefault(_text(effect[given]), []).append(variant)
        for text, variants in where.items():
            on = "every variant" if len(variants) == len(found) else ", ".join(map(str, variants))
            rows.append(f"| `{given}` | {text} | {on} |")
    return "\n".join(rows)


def _text(value: Any) -> str:
    several = value if isinstance(value, list) else [value]
    return ", ".join(f"`{entry}`" for entry in several)
