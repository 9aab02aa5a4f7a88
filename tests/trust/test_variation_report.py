"""The report of a run of variations: what it says of trials made up here, and of a real run with a planted check."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from conformance.contract.requirement import Contract, Level, parse
from conformance.contract.variant import Variant
from conformance.trust.variation import Combination, Variation, alone
from conformance.trust.variation_report import Fate, Trial, VariationReport, last

PROJECT = Path(__file__).parents[2]
FLASK = Variant.parse("flask-sync")
CONTRACT = Contract(parse("- HOOK-1 MUST p  A hook runs.\n- HOOK-3 MUST r  It is logged.\n", "hook.md"))
ONE, TWO = "test_hook.py::test_one", "test_hook.py::test_two"
BOUND = {ONE: ("HOOK-1",), TWO: ("HOOK-3",)}


def made(name: str, *breaks: str) -> Variation:
    return Variation(name, name, Path(f"{name}.py"), f"{name} is free.", Level.PAGE, frozenset(breaks), (FLASK,))


QUIET, SLOW = made("quiet", "HOOK-3"), made("slow")
LOADED = {
    "combination_1": Combination("combination_1", FLASK, (QUIET, SLOW)),
    "combination_1_without_1": Combination("combination_1_without_1", FLASK, (SLOW,)),
    "quiet": alone(QUIET, FLASK),
}


def trial(check: str, change: str, fate: Fate, reason: str = "") -> Trial:
    return Trial(check, f"{check}[flask-sync~{change}]", "flask-sync", change, fate, reason)


HEALTHY = (
    trial(ONE, "combination_1", Fate.PASSED),
    trial(TWO, "combination_1_without_1", Fate.PASSED),
    trial(TWO, "quiet", Fate.FAILED, "no line"),
)


def reported(
    *changed: Trial, blame: dict[str, tuple[str, ...]] | None = None, narrowed: bool = False
) -> VariationReport:
    nodes = {each.node for each in changed}
    trials = (*(each for each in HEALTHY if each.node not in nodes), *changed)
    variations = {each.name: each for each in (QUIET, SLOW)}
    return VariationReport(
        CONTRACT, variations, LOADED, BOUND, trials, set(BOUND[ONE] + BOUND[TWO]), narrowed, blame or {}
    )


def test_a_run_in_which_checks_fail_only_as_the_variations_say_has_no_problem() -> None:
    assert reported().problems == []
    assert reported().summary() == "2 of 2 variations leave every other promise kept, by 2 checks"


@pytest.mark.parametrize("fate", [Fate.FAILED, Fate.UNVERIFIED])
def test_a_check_that_fails_for_a_freedom_is_told_with_its_requirement_and_what_came(fate: Fate) -> None:
    failed = trial(ONE, "combination_1", fate, "\nassert 1 == 2")
    [problem] = reported(failed, blame={failed.node: ("slow",)}).problems
    assert problem.splitlines() == [
        f"slow: {ONE} {fate}",
        "    HOOK-1  A hook runs.",
        "    free: slow is free.",
        "    came: assert 1 == 2",
    ]


def test_where_no_variation_is_to_blame_alone_all_of_them_are_named() -> None:
    failed = trial(ONE, "combination_1", Fate.FAILED)
    [surprise] = reported(failed).surprises
    assert surprise.blame == ("quiet", "slow")
    [surprise] = reported(failed, blame={failed.node: ()}).surprises
    assert surprise.blame == ()
    assert reported(failed, blame={failed.node: ()}).problems[0].startswith(f"no variation at all: {ONE} failed")


def test_a_variation_that_breaks_less_than_it_says_is_told() -> None:
    [problem] = reported(trial(TWO, "quiet", Fate.PASSED)).problems
    assert problem == "quiet: it says that it breaks HOOK-3, and every check of it passes: take it out."


def test_a_run_that_leaves_out_another_check_of_a_requirement_does_not_say_that_a_variation_keeps_it() -> None:
    bound = {**BOUND, "test_hook.py::test_three": ("HOOK-3",)}
    kept = replace(reported(trial(TWO, "quiet", Fate.PASSED)), bound=bound)
    assert len(kept.problems) == 1
    assert replace(kept, narrowed=True).problems == []
    assert len(replace(kept, narrowed=True, bound=BOUND).problems) == 1


def test_what_did_not_run_is_missed_unless_some_checks_alone_were_asked_for() -> None:
    variations = {"quiet": QUIET}
    found = VariationReport(CONTRACT, variations, LOADED, BOUND, HEALTHY[:2], {"HOOK-1", "HOOK-3"})
    assert found.problems == ["quiet: no check of HOOK-3 ran with it, on none of its variants."]
    assert VariationReport(CONTRACT, variations, LOADED, BOUND, HEALTHY[:2], {"HOOK-3"}, narrowed=True).problems == []


def test_a_variation_that_cannot_be_loaded_is_told() -> None:
    problems = reported(trial(ONE, "combination_1", Fate.BROKEN, "Traceback\nUnchanged: 'x'")).problems
    assert problems == ["quiet, slow: cannot be loaded: Unchanged: 'x'"]


def test_the_file_has_what_each_variation_leaves_free_and_which_checks_it_fails(tmp_path: Path) -> None:
    reported().write("a", 3, tmp_path / "reports" / "variations.json")
    found = json.loads((tmp_path / "reports" / "variations.json").read_text())
    assert (found["basis"], found["seed"], found["problems"], found["surprises"]) == ("a", 3, [], [])
    assert found["variations"]["quiet"] == {
        "free": "quiet is free.",
        "level": "page",
        "variant": "flask-sync",
        "breaks": {"HOOK-3": [TWO]},
        "checks": 2,
    }


def test_a_report_tells_of_the_last_run_only_if_it_is_about_these_checks_and_without_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "variations.json"
    assert last("a", file) is None
    reported().write("a", 0, file)
    assert last("a", file) == 2
    assert last("b", file) is None
    reported(trial(ONE, "combination_1", Fate.FAILED)).write("a", 0, file)
    assert last("a", file) is None
    file.write_text("[]")
    assert last("a", file) is None


# --- Real runs ---

PLANTED = """

@must("ROUTE-1a", kills="route_template_before_fixed")
def test_a_planted_check_of_routing_looks_at_a_body(root: Service) -> None:
    answer = root.get("/api/nowhere")
    assert answer.status == 404
    assert answer.json()["title"] == "Not Found"
"""


KEPT = {"errors_bare_text", "errors_more_members", "json_spaced", "logs_on_stdout"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the harness with four of its variations, to plant something in."""
    for package in ("conformance", "matrix"):
        shutil.copytree(PROJECT / package, tmp_path / package)  # compiled as it is
    for file in ("pyproject.toml", "conftest.py"):
        shutil.copy(PROJECT / file, tmp_path)
    (tmp_path / ".environments").symlink_to(PROJECT / ".environments")
    for module in (tmp_path / "conformance" / "variations").glob("*/*.py"):
        if f"{module.parent.name}_{module.stem}" not in KEPT:
            module.unlink()
    return tmp_path


def vary(copy: Path, *options: str) -> tuple[int, str]:
    """The exit code and the output of a run of variations over the checks of routing."""
    command = [sys.executable, "-m", "pytest", "conformance/checks/test_route.py", "--variations", "-q", "-n", "0"]
    implementation = f"--implementation={PROJECT / 'conformance' / 'implementations' / 'reference.toml'}"
    done = subprocess.run(
        [*command, implementation, *options], cwd=copy, capture_output=True, text=True, timeout=240, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_a_routing_check_that_looks_at_a_body_is_caught_and_the_variations_to_blame_are_named(copy: Path) -> None:
    with (copy / "conformance" / "checks" / "test_route.py").open("a") as file:
        file.write(PLANTED)
    code, output = vary(copy, "-k", "planted", "--report", str(copy / "found.json"))
    assert code == 1, output
    found = json.loads((copy / "found.json").read_text())
    assert [(entry["check"], entry["blame"]) for entry in found["surprises"]] == [
        ("test_route.py::test_a_planted_check_of_routing_looks_at_a_body", ["errors_bare_text"])
    ]
    assert [entry["checks"] for entry in found["variations"].values()] == [1, 1, 1, 1]
    assert "    ROUTE-1a  " in output
    assert (
        "again: pytest conformance --variations --variation errors_bare_text "
        "-k test_a_planted_check_of_routing_looks_at_a_body" in output
    )


def test_a_variation_that_says_that_it_breaks_what_it_keeps_is_caught(copy: Path) -> None:
    file = copy / "conformance" / "variations" / "json" / "spaced.py"
    file.write_text(file.read_text().replace('LEVEL = "full"', 'LEVEL = "page"\nBREAKS = {"ROUTE-3a"}'))
    code, output = vary(copy, "--variation", "json_spaced", "--requirement", "ROUTE-3a")
    assert code == 1, output
    assert "json_spaced: it says that it breaks ROUTE-3a, and every check of it passes: take it out." in output


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--variation", "json_spced"], "There is no variation 'json_spced'"),
        (["--backend", "flask"], "--variations: each module says itself on which variants"),
        (["--mutants"], "Give either --mutants or --variations"),
        (["--shard", "9/8"], "--shard: '9/8' is no shard: the third of eight is 3/8."),
        (["--shard", "1/8", "--variation", "json_spaced"], "Give either --variation or --shard."),
    ],
    ids=["unknown", "a backend", "mutants too", "no shard", "a variation of a shard"],
)
def test_what_makes_no_sense_is_refused(options: list[str], sentence: str) -> None:
    code, output = vary(PROJECT, *options)
    assert code == 2, output
    assert sentence in output
