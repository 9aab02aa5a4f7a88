"""A seventh backend, from a package of its own (tests/fakes/seventh), is judged like the six (BACKEND-8)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conformance.contract.variant import Variant
from conformance.target import implementation
from conformance.target.target import Target
from matrix.report import load
from tests.conftest import FAKES
from tests.plugin.test_run import PROJECT, judge, token

SEVENTH = str(FAKES / "seventh.toml")
REQUIREMENTS = ("BACKEND-1", "BACKEND-7", "ROUTE-1a", "ROUTE-4a", "ERROR-2a", "ASYNC-5a", "HOOK-1", "HOOK-3")

__all__ = ["token"]


def test_a_seventh_backend_is_judged_and_its_verdicts_stand_in_the_report(token: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    options = [f"--requirement={requirement}" for requirement in REQUIREMENTS]
    code, output = judge(token, report, "--implementation", SEVENTH, "--backend", "seventh", "-n", "2", *options)
    assert code == 0, output
    verdicts = {(verdict.requirement, verdict.mode): verdict for verdict in load(report).verdicts}
    everywhere = {(requirement, mode) for requirement in REQUIREMENTS for mode in ("sync", "async")}
    assert set(verdicts) == everywhere - {("ASYNC-5a", "sync")}
    assert {verdict.backend for verdict in verdicts.values()} == {"seventh"}
    assert {verdict.outcome.value for verdict in verdicts.values()} == {"passed"}
    (stamp, _) = load(report).header.variants
    assert stamp.frameworks["seventh"] == "1.0"


@pytest.mark.parametrize("variant", ["seventh-sync", "seventh-async"])
def test_a_seventh_backend_is_attested(variant: str) -> None:
    found = implementation.load(FAKES / "seventh.toml")
    with Target(found, Variant.parse(variant, found.backends)) as target:
        service = target.root()
        assert "seventh.Application" in service.facts["application"]
        assert service.dispatches > 0


def test_a_seventh_backend_that_breaks_its_promises_does_not_conform(token: str, tmp_path: Path) -> None:
    shutil.copytree(FAKES / "seventh", tmp_path / "seventh")
    adapter = tmp_path / "seventh" / "seventh" / "adapter.py"
    reply = "status, headers, body = await handle(ASGIRequest(scope, receive))"
    assert reply in adapter.read_text()
    adapter.write_text(adapter.read_text().replace(reply, f"{reply}; headers.append(('ETag', 'W/\"1\"'))"))
    file = tmp_path / "seventh.toml"
    source = str(PROJECT / "reference" / "src")
    file.write_text((FAKES / "seventh.toml").read_text().replace("../../reference/src", source))
    options = ("--implementation", str(file), "--backend", "seventh", "--requirement", "BACKEND-7")
    code, output = judge(token, tmp_path / "report.json", *options)
    assert code == 1, output
    assert "etag is " in output
