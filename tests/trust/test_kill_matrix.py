"""The kill matrix: what it says of checks and mutants that met, from trials made up here and from real runs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.contract.variant import Variant
from conformance.trust import kill_matrix
from conformance.trust.kill_matrix import Fate, KillMatrix, Trial
from conformance.trust.mutant import Mutant, Pairing

PROJECT = Path(__file__).parents[2]
FLASK = Variant.parse("flask-sync")
ONE = "test_hook.py::test_one"
TWO = "test_hook.py::test_two"
MUTANTS = {
    name: Mutant(name, Path(f"{name}.py"), f"{name} is broken.", (FLASK,)) for name in ("canary", "late", "lost")
}
NAMED = {ONE: ("canary", "late"), TWO: ("lost",)}
PAIRINGS = {
    check: [Pairing(check, FLASK, None), *(Pairing(check, FLASK, MUTANTS[name]) for name in names)]
    for check, names in NAMED.items()
}


def trial(check: str, mutant: str | None, fate: Fate, reason: str = "") -> Trial:
    return Trial(check, "flask-sync", mutant, fate, reason)


HEALTHY = [
    trial(ONE, None, Fate.SURVIVED),
    trial(TWO, None, Fate.SURVIVED),
    trial(ONE, "canary", Fate.KILLED),
    trial(ONE, "late", Fate.KILLED),
    trial(TWO, "lost", Fate.KILLED),
]


def problems(*trials: Trial) -> list[str]:
    """Of the healthy matrix, with these trials in place of those of the same check and mutant."""
    changed = {(entry.check, entry.mutant) for entry in trials}
    kept = [entry for entry in HEALTHY if (entry.check, entry.mutant) not in changed]
    return KillMatrix(MUTANTS, PAIRINGS, NAMED, (*kept, *trials)).problems


def test_a_matrix_in_which_every_mutant_is_killed_has_no_problem() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("changed", "sentences"),
    [
        (trial(TWO, None, Fate.KILLED, "no"), [f"control: {TWO} fails on flask-sync without any mutant: no"]),
        (trial(ONE, "canary", Fate.SURVIVED), [f"canary: it survived at {ONE}, so mutants are not loaded there"]),
        (
            trial(TWO, "lost", Fate.SURVIVED),
            ["lost: the mutant survives. lost is broken.", f"{TWO} does not kill lost", f"{TWO} kills nothing."],
        ),
        (
            trial(TWO, "lost", Fate.CRASHED, "it hung\nfor long"),
            ["lost: the mutant survives", f"{TWO} does not kill lost, which crashed: it hung", f"{TWO} kills nothing."],
        ),
        (
            trial(TWO, "lost", Fate.BROKEN, "Traceback\nUnchanged: 'x'"),
            ["lost: the mutant does not start: Unchanged: 'x'", f"{TWO} kills nothing."],
        ),
        (trial(ONE, "late", Fate.SURVIVED), ["late: the mutant survives", f"{ONE} does not kill late"]),
    ],
    ids=["control", "canary", "survivor", "crash", "does not start", "one of two"],
)
def test_each_problem_is_named(changed: Trial, sentences: list[str]) -> None:
    found = problems(changed)
    assert len(found) == len(sentences), found
    for problem, sentence in zip(found, sentences, strict=True):
        assert sentence in problem


def test_one_case_that_fails_is_a_kill_whatever_the_others_do() -> None:
    assert problems(trial(TWO, "lost", Fate.SURVIVED), trial(TWO, "lost", Fate.KILLED)) == []


def test_in_full_a_mutant_need_not_die_where_nobody_says_that_it_does() -> None:
    assert problems(trial(ONE, "lost", Fate.SURVIVED), trial(TWO, "late", Fate.CRASHED)) == []
    spared = KillMatrix(MUTANTS, PAIRINGS, NAMED, (*HEALTHY[:4], trial(ONE, "lost", Fate.SURVIVED)), narrowed=True)
    assert spared.problems == []


def test_what_did_not_run_is_missed() -> None:
    found = KillMatrix(MUTANTS, PAIRINGS, NAMED, tuple(HEALTHY[:3])).problems
    assert [sentence.partition(":")[0] for sentence in found] == ["late", "lost"]
    found = KillMatrix(MUTANTS, PAIRINGS, NAMED, tuple(HEALTHY[1:])).problems
    assert found == [f"control: {ONE} did not run on flask-sync without a mutant."]


def test_a_report_tells_of_the_last_matrix_only_if_it_is_about_these_checks_and_without_a_problem(
    tmp_path: Path,
) -> None:
    file = tmp_path / "mutants.json"
    assert kill_matrix.last("a", file) is None
    KillMatrix(MUTANTS, PAIRINGS, NAMED, tuple(HEALTHY)).write("a", file)
    assert kill_matrix.last("a", file) == (3, 3, 2)
    assert kill_matrix.last("b", file) is None
    KillMatrix(MUTANTS, PAIRINGS, NAMED, tuple(HEALTHY[:3])).write("a", file)
    assert kill_matrix.last("a", file) is None
    assert json.loads(file.read_text())["mutants"]["canary"]["fates"] == {ONE: "killed"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the harness, to be spoiled."""
    for package in ("conformance", "matrix"):
        shutil.copytree(PROJECT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "conftest.py"):
        shutil.copy(PROJECT / file, tmp_path)
    (tmp_path / ".environments").symlink_to(PROJECT / ".environments")
    return tmp_path


def put_to_mutants(copy: Path, *options: str) -> tuple[int, str]:
    """The exit code and the output of a run over its checks of methods and hooks."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "conformance/checks/test_error.py",
        "--mutants",
        "-q",
        "-n",
        "0",
        *options,
    ]
    implementation = [f"--implementation={PROJECT / 'conformance' / 'implementations' / 'reference.toml'}"]
    done = subprocess.run(
        [*command, *implementation], cwd=copy, capture_output=True, text=True, timeout=120, check=False
    )
    return done.returncode, done.stdout + done.stderr


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))


ALLOW = ("--mutant", "error_405_without_allow", "--requirement", "ERROR-1b")


def test_the_checks_as_they_are_kill(copy: Path) -> None:
    code, output = put_to_mutants(copy, *ALLOW)
    assert (code, "1 of 1 mutants killed" in output) == (0, True), output


def test_an_assertion_that_is_taken_away_is_missed(copy: Path) -> None:
    spoil(
        copy / "conformance" / "checks" / "test_error.py",
        '    assert allowed(answer) - {"HEAD", "OPTIONS"} == methods, str(answer)',
        "    # ",
    )
    code, output = put_to_mutants(copy, *ALLOW)
    assert code == 1, output
    assert "error_405_without_allow: the mutant survives. A 405 does not say which methods are allowed." in output
    assert "test_error.py::test_another_method_of_a_known_path_is_refused_with_those_allowed kills nothing." in output


ASSERTS_NOTHING = """

@must("ERROR-1b", kills="error_405_without_allow")
def test_nothing(root: Service) -> None:
    assert True
"""


def test_a_check_that_asserts_nothing_is_caught(copy: Path) -> None:
    with (copy / "conformance" / "checks" / "test_error.py").open("a") as file:
        file.write(ASSERTS_NOTHING)
    code, output = put_to_mutants(copy, *ALLOW)
    assert code == 1, output
    assert "test_error.py::test_nothing kills nothing." in output


def test_a_mutant_that_does_not_start_is_named_with_the_reason(copy: Path) -> None:
    spoil(copy / "conformance" / "mutants" / "error" / "405_without_allow.py", '"Allow"', '"allowed"')
    code, output = put_to_mutants(copy, *ALLOW)
    assert code == 1, output
    assert "error_405_without_allow: the mutant does not start: mutation.Unchanged" in output


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--mutant", "nobody"], "There is no mutant 'nobody'"),
        (["--backend", "flask"], "leave --backend and --mode out"),
        (["--implementation", "tests/fakes/handmade.toml"], "the implementation reference, not handmade."),
    ],
)
def test_what_cannot_be_put_to_mutants_is_bad_usage(options: list[str], sentence: str) -> None:
    command = [sys.executable, "-m", "pytest", "conformance", "--mutants", "-q", "-n", "0", *options]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2, done.stdout
    assert sentence in done.stdout + done.stderr
