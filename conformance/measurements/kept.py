"""Second opinion on a report: what an implementation keeps according to `demonstrations`, beside its verdicts.

A requirement that every demonstration of it shows to be kept on a variant, and that is red there, is most likely the
harness's fault, not the implementation's.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conformance.contract.variant import Variant
from conformance.foundation import loopback
from conformance.foundation.exceptions import BadUsage
from conformance.measurements.demonstrations import Ask, Demonstration
from conformance.target.exchange import Exchange
from conformance.target.implementation import Implementation
from conformance.target.service import Script
from conformance.target.target import Target

SECONDS = 30.0
_HEAD = """\
import os
import {backend}
from typing import *
from utilmeta import UtilMeta
from utilmeta.core import api, request
from utilmeta.core.response import Response
BACKEND, BACKEND_NAME, ASYNCHRONOUS = {backend}, "{backend}", {asynchronous}
"""
_SERVICE = """\
options = dict(name="demo", backend=BACKEND, api=RootAPI, asynchronous=ASYNCHRONOUS, route="{route}",
               host=os.environ["SCENARIO_HOST"], port=int(os.environ["SCENARIO_PORT"]), production=False)
options |= dict({options})
if options["production"] is None:
    del options["production"]
service = UtilMeta(__name__, **options)
"""


@dataclass(frozen=True)
class Shown:
    """Outcome of the demonstrations of one requirement on one variant: kept, or the reason why not."""

    requirement: str
    variant: Variant
    against: str = ""

    @property
    def kept(self) -> bool:
        """Whether every demonstration shows it to be kept."""
        return not self.against


def measure(
    implementation: Implementation,
    variants: Sequence[Variant],
    chosen: Sequence[Demonstration],
    mutants: Sequence[Path] = (),
) -> Iterator[Shown]:
    """Run demonstrations on these variants; yields one outcome for each requirement and variant.

    `mutants` are loaded over the implementation.
    """
    for variant in variants:
        against: dict[str, str] = {}
        with (
            tempfile.TemporaryDirectory(prefix="kept-") as folder,
            Target(implementation, variant, Path(folder) / "demonstration", mutants=mutants) as target,
        ):
            for demonstration in chosen:
                said = _run(target, demonstration)
                for requirement in demonstration.keeps:
                    against[requirement] = against.get(requirement) or said
        for requirement, said in against.items():
            yield Shown(requirement, variant, said)


def _run(target: Target, demonstration: Demonstration) -> str:
    """Return why a demonstration does not show what it is to show; empty where it does."""
    folder = target.scenarios
    folder.mkdir()
    try:
        (folder / "server.py").write_text(source(demonstration, target.variant), encoding="utf-8")
        for name, text in demonstration.files.items():
            content = _asynchronous(text) if target.variant.asynchronous else text
            (folder / name).write_text(content, encoding="utf-8")
        address = (target.host, loopback.free_port(target.host))
        settings: dict[str, Any] = {"host": address[0], "port": address[1]}
        if not demonstration.asks:
            script = target.script("server", address=address, wait=False, **settings)
            script.wait(SECONDS)
            said = script.output.strip().splitlines() or [""]
            return "" if said[-1] == demonstration.prints else f"prints {said[-1]!r}"
        script = target.script("server", address=address, ready=None, **settings)
        return next(filter(None, (_against(ask, _asked(script, ask)) for ask in demonstration.asks)), "")
    except AssertionError as error:
        return str(error).strip().splitlines()[-1]
    finally:
        target.end_owned()
        shutil.rmtree(folder, ignore_errors=True)


def source(demonstration: Demonstration, variant: Variant) -> str:
    """Return the module of a demonstration on a variant."""
    if demonstration.program:
        return demonstration.program
    classes = f"{demonstration.module}\nclass RootAPI(api.API):\n{textwrap.indent(demonstration.api, '    ')}"
    if variant.asynchronous:
        classes = _asynchronous(classes)
    parts = [
        _HEAD.format(backend=variant.backend, asynchronous=variant.asynchronous),
        classes.replace("AWAIT ", "await " if variant.asynchronous else ""),
        _SERVICE.format(route=demonstration.route, options=demonstration.options),
        demonstration.configure,
    ]
    if demonstration.show:
        return "\n".join([*parts, f"print({demonstration.show})"])
    return "\n".join([*parts, "app = service.application()", 'if __name__ == "__main__":', "    service.run()"])


def _asynchronous(text: str) -> str:
    """Make an `async def` of each function in a class, but for those with a name of Python's own."""
    return re.sub(r"^( +)def (?!__)", r"\1async def ", text, flags=re.MULTILINE)


def _asked(script: Script, ask: Ask) -> Exchange:
    return script.request(ask.method, ask.path, headers=list(ask.headers.items()), body=ask.body)


def _against(ask: Ask, answer: Exchange) -> str:
    """Return what of an answer is not as expected; empty where all is."""
    asked = f"{ask.method} {ask.path}"
    if answer.status not in ask.statuses:
        return f"{asked}: status {answer.status}"
    if ask.text is not None and answer.body.decode("utf-8", "replace").strip('"') != ask.text:
        return f"{asked}: {answer.body[:80]!r}"
    for name, value in ask.answered.items():
        if value not in (answer.header(name) or ""):
            return f"{asked}: header {name} {answer.header(name)!r}"
    if ask.json is not None and answer.json() != ask.json:
        return f"{asked}: {answer.body[:80]!r}"
    wrong = [name for name, value in ask.members.items() if answer.json().get(name) != value]
    return f"{asked}: member {wrong[0]} of {answer.body[:80]!r}" if wrong else ""


def outcomes(report: Path) -> dict[tuple[str, str], str]:
    """Return the verdicts of a report.json by requirement and variant; raises BadUsage for what is none."""
    try:
        verdicts = json.loads(report.read_text(encoding="utf-8"))["verdicts"]
        return {(each["requirement"], f"{each['backend']}-{each['mode']}"): each["verdict"] for each in verdicts}
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise BadUsage(f"{report} is no report of a whole run: {type(error).__name__}: {error}") from None


def compared(shown: Iterable[Shown], outcomes: Mapping[tuple[str, str], str]) -> tuple[list[Shown], int]:
    """Return the cells that are kept but not green in a report, and how many are kept of those that it judges.

    `outcomes` are the verdicts by requirement and variant; a requirement that the report does not hold is left out.
    """
    kept = [entry for entry in shown if entry.kept and (entry.requirement, str(entry.variant)) in outcomes]
    red = [entry for entry in kept if outcomes[entry.requirement, str(entry.variant)] != "passed"]
    return red, len(kept)
