"""Whole runs of implementations that lack something: who is blamed, what is said before the run, and what ends it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from conformance.judging.verdict import Outcome, Verdict
from matrix.report import load
from tests.conftest import FAKES
from tests.plugin.test_run import judge, token

__all__ = ["token"]


def judged(token: str, folder: Path, name: str, *requirements: str) -> tuple[dict[str, Verdict], str]:
    """The verdicts of a run of a fake on flask, by requirement, and its output."""
    report = folder / "report.json"
    chosen = [f"--requirement={requirement}" for requirement in requirements]
    options = ("--implementation", str(FAKES / f"{name}.toml"), "--backend", "flask", "-n", "2", *chosen)
    _, output = judge(token, report, *options)
    return {verdict.requirement: verdict for verdict in load(report).verdicts}, output


def test_a_missing_name_fails_its_own_requirement_blocks_those_that_need_it_and_no_other(
    token: str, tmp_path: Path
) -> None:
    verdicts, output = judged(token, tmp_path, "lacks_cors", "PLUGIN-8a", "PLUGIN-8c", "ERROR-5a", "ERROR-5c")
    outcomes = {requirement: verdict.outcome for requirement, verdict in verdicts.items()}
    assert outcomes == {
        "PLUGIN-8a": Outcome.FAILED,
        "PLUGIN-8c": Outcome.BLOCKED,
        "ERROR-5a": Outcome.PASSED,
        "ERROR-5c": Outcome.PASSED,
    }, output
    missing = "module 'utilmeta.core.api' has no attribute 'CORS'"
    assert all(missing in incident.reason for incident in verdicts["PLUGIN-8a"].incidents)
    assert all("Blocked by PLUGIN-8a" in incident.reason for incident in verdicts["PLUGIN-8c"].incidents)


def test_an_endpoint_that_is_refused_fails_its_own_checks(token: str, tmp_path: Path) -> None:
    verdicts, output = judged(token, tmp_path, "refuses_endpoints", "REQUEST-5a", "ROUTE-1b", "ROUTE-3a")
    outcomes = {requirement: verdict.outcome for requirement, verdict in verdicts.items()}
    assert outcomes["ROUTE-1b"] is Outcome.PASSED, output
    assert outcomes["ROUTE-3a"] is Outcome.PASSED, output


def test_where_nothing_is_served_that_alone_fails(token: str, tmp_path: Path) -> None:
    requirements = ("BACKEND-1", "APPLICATION-4", "ROUTE-1b", "API-3", "PLUGIN-1a", "TIME-4")
    verdicts, output = judged(token, tmp_path, "serves_nothing", *requirements)
    outcomes = {requirement: verdict.outcome for requirement, verdict in verdicts.items()}
    assert Counter(outcomes.values()) == {Outcome.FAILED: 2, Outcome.BLOCKED: 4}, output
    assert outcomes["BACKEND-1"] is outcomes["APPLICATION-4"] is Outcome.FAILED
    told = [incident.reason for verdict in verdicts.values() for incident in verdict.incidents]
    assert all("AttributeError: the framework has no on_event" in reason for reason in told)


def written(folder: Path, text: str, variants: str = '["flask-sync"]') -> str:
    file = folder / "mine.toml"
    file.write_text(f'name = "mine"\nvariants = {variants}\nreplays = 0\n{text}')
    return str(file)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[interpreter]\nexecutable = "{python}"\n', "has no module `utilmeta`: let"),
        (
            'distribution = "acme"\n[interpreter]\nexecutable = "{python}"\npath = ["own"]\n',
            "says that acme provides `utilmeta`; the interpreter has none.",
        ),
    ],
)
def test_an_interpreter_without_the_implementation_ends_the_run_in_a_line(
    token: str, tmp_path: Path, text: str, sentence: str
) -> None:
    (tmp_path / "own" / "utilmeta").mkdir(parents=True)
    (tmp_path / "own" / "utilmeta" / "__init__.py").touch()
    code, output = judge(token, tmp_path / "report.json", "--implementation", written(tmp_path, text))
    assert code == 3, output
    assert sentence in output
    assert len(output.splitlines()) < 20
    assert not (tmp_path / "report.json").exists()


def test_what_is_not_installed_is_said_once_before_the_run(token: str, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n\n\nclass Hides:\n    def find_spec(self, name, path=None, target=None):\n"
        "        if name in ('gunicorn', 'tornado'):\n            raise ModuleNotFoundError(name=name)\n\n\n"
        "sys.meta_path.insert(0, Hides())\n"
    )
    path = json.dumps([".", str(FAKES.parents[1] / "reference" / "src")])
    file = written(
        tmp_path, f'[interpreter]\nexecutable = "{{python}}"\npath = {path}\n', '["flask-sync", "tornado-async"]'
    )
    report = tmp_path / "report.json"
    code, output = judge(token, report, "--implementation", file, "--requirement=HOOK-4", "--requirement=HOOK-8")
    assert code == 3, output
    said = "not installed in the implementation's environment"
    assert output.count(f"{said}: gunicorn; 1 requirement stays unverified") == 1
    assert output.count(f"{said}: tornado; ") == 1
    verdicts = {(verdict.requirement, verdict.backend): verdict.outcome for verdict in load(report).verdicts}
    assert verdicts["HOOK-4", "flask"] is Outcome.UNVERIFIED
    assert verdicts["HOOK-8", "flask"] is Outcome.PASSED
