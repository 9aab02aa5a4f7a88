"""`pytest` at the root: the conformance run and the project's own tests in one session, and what its exit code says."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from conformance.evidence import records
from conformance.judging.verdict import Outcome
from conformance.plugin.reporting import MOST_LINES
from matrix.report import load
from tests.conftest import FAKES
from tests.plugin.test_run import PROJECT, start, token

__all__ = ["token"]

# In one word each: from a word that is a path pytest would look for its root directory.
REFERENCE = f"--implementation={PROJECT / 'conformance' / 'implementations' / 'reference.toml'}"
BROKEN = f"--implementation={FAKES / 'always.toml'}"  # of ROUTE-3a
PART = ("--backend", "flask", "--mode", "sync", "--requirement", "ROUTE-3a")
MUTANT = ("--mutants", "--mutant", "route_template_before_fixed", "--requirement", "ROUTE-3a")
CHECK = "test_a_mounted_path_wins_over_a_template"
PASSES = "def test_it():\n    pass\n"
FAILS = "def test_it():\n    assert not 'wrong'\n"
NOT_COLLECTED = "import no_such_module\n"
DIES = "import os\n\ndef test_it():\n    os._exit(5)\n"
HARNESS_FAILED = "the harness failed (exit code 3), by what is no verdict about"

Runs = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the harness, compiled as it is."""
    folder = tmp_path_factory.mktemp("harness")
    for package in ("conformance", "matrix"):
        shutil.copytree(PROJECT / package, folder / package)
    for file in ("pyproject.toml", "conftest.py"):
        shutil.copy(PROJECT / file, folder)
    (folder / ".environments").symlink_to(PROJECT / ".environments")
    return folder


@pytest.fixture
def copy(harness: Path) -> Iterator[Path]:
    """The copy, for tests of its own."""
    yield harness
    for folder in ("tests", "reports"):
        shutil.rmtree(harness / folder, ignore_errors=True)


@pytest.fixture
def typed(copy: Path, token: str) -> Runs:
    """Runs pytest with these arguments at the root of a project whose own tests are these: exit code and output."""

    def run(own: str | Mapping[str, str], *arguments: str) -> tuple[int, str]:
        for name, text in ({"test_own.py": own} if isinstance(own, str) else own).items():
            file = copy / "tests" / name
            file.parent.mkdir(exist_ok=True)
            (file.parent / "__init__.py").touch()
            file.write_text(text)
        with start(token, "pytest", "-p", "no:cacheprovider", *arguments, folder=copy) as process:
            output, _ = process.communicate(timeout=120)
        return process.returncode, output

    return run


@pytest.mark.parametrize("workers", ["0", "2"])
def test_what_passes_ends_in_the_matrix_of_the_checks_alone(typed: Runs, copy: Path, workers: str) -> None:
    code, output = typed(PASSES, "-n", workers, REFERENCE, *PART)
    assert code == 0, output
    report = copy / "reports" / "reference" / "part" / "report.json"
    [verdict] = load(report).verdicts
    cases = [record for file in verdict.files for record in records.read(report.parent / file)]
    assert {record.check for record in cases} == set(verdict.checks)
    assert re.search(rf" 1 passed, (\d+ deselected, )?{len(cases)} checks in ", output.splitlines()[-1])
    assert "conforms at level full, a part only: 1 verdict on 1 variant, nothing unverified" in output
    assert HARNESS_FAILED not in output


@pytest.mark.parametrize(
    ("own", "workers", "name"),
    [
        (FAILS, "0", "tests/test_own.py::test_it"),
        (NOT_COLLECTED, "0", "tests/test_own.py"),
        (NOT_COLLECTED, "2", "tests/test_own.py"),
        (DIES, "2", "tests/test_own.py::test_it"),
    ],
)
def test_a_test_that_fails_is_no_verdict_but_exit_code_3_and_named_in_the_end(
    typed: Runs, copy: Path, own: str, workers: str, name: str
) -> None:
    code, output = typed(own, "-n", workers, REFERENCE, *PART)
    assert code == 3, output
    assert f"{HARNESS_FAILED} reference:\n  {name}\n" in output
    assert "does not conform" not in output
    assert re.search(r" 1 (failed|error)", output.splitlines()[-1])
    if own != NOT_COLLECTED or workers != "0":  # where pytest itself ends before any test
        assert load(copy / "reports" / "reference" / "part" / "report.json").footer.exit_code == 0


@pytest.mark.parametrize(("own", "expected"), [(PASSES, 1), (FAILS, 3)])
def test_a_failed_check_is_exit_code_1_unless_a_test_failed_too(typed: Runs, own: str, expected: int) -> None:
    code, output = typed(own, "-n", "0", BROKEN, "--replays", "0", *PART)
    assert code == expected, output
    assert "a part only (exit code 1): 1 verdict on 1 variant, 1 failed" in output
    assert "    exchange:\n" not in output
    assert (HARNESS_FAILED in output) == (expected == 3)


WARNS = "import warnings\n\ndef test_it():\n    warnings.warn('mine')\n    assert not 'wrong'\n"


@pytest.mark.parametrize("options", [("-n", "2"), ("-n", "0", "-q"), ("-n", "0")], ids=" ".join)
def test_pytest_shows_failures_and_warnings_of_other_tests_and_none_of_checks(
    typed: Runs, copy: Path, options: tuple[str, ...]
) -> None:
    """The plugin `warning` makes each check warn."""
    warning = "import warnings\n\ndef pytest_runtest_call(item):\n    warnings.warn('of ' + item.name)\n"
    (copy / "noisy.py").write_text(warning)
    more = ("-p", "noisy", "-W", "default", "--replays", "0", "--backend=flask", "--mode=sync", "--requirement=ROUTE")
    code, output = typed(WARNS, *options, BROKEN, *more)
    assert code == 3, output
    assert len(output.splitlines()) <= MOST_LINES
    assert "FAILED tests/test_own.py::test_it" in output
    assert "UserWarning: mine" in output
    report = copy / "reports" / "always" / "part" / "report.json"
    failed = {entry.check for verdict in load(report).verdicts for entry in verdict.incidents}
    assert failed
    shown = output.partition("report: ")[0]
    for check in failed:
        assert check.partition("::")[2] not in shown
        [file] = (report.parent / "details").glob(f"{check.replace('.py::', '.')}.txt")
        assert "where it failed first:" in file.read_text()
    assert re.search(r"\b1 failed, .*\d checks in ", output.splitlines()[-1])
    assert "test_route.py " not in shown


def test_the_details_are_printed_when_they_are_asked_for(typed: Runs) -> None:
    _, output = typed({}, "-q", "-n", "0", BROKEN, "--replays", "0", *PART, "--details")
    assert "    exchange:\n    | " in output


def test_a_part_leaves_the_report_of_the_whole_alone(typed: Runs, copy: Path) -> None:
    whole = copy / "reports" / "always"
    whole.mkdir(parents=True)
    (whole / "report.json").write_text("the whole one")
    for option in (PART, (f"conformance/checks/test_route.py::{CHECK}",)):
        assert typed({}, "-q", "-n", "0", BROKEN, "--replays", "0", *option)[0] in (0, 1)
        load(whole / "part" / "report.json")
        assert {file.name for file in whole.iterdir()} == {"report.json", "part"}
        assert (whole / "report.json").read_text() == "the whole one"


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_run_that_ends_with_its_first_failed_check_says_that_it_failed(typed: Runs, workers: str) -> None:
    code, output = typed({}, "-x", "-n", workers, BROKEN, "--replays", "0", *PART)
    assert code == 1, output
    assert "does not conform at level full" in output


def test_a_failed_test_beside_the_mutants_is_exit_code_3(typed: Runs) -> None:
    code, output = typed(FAILS, "-n", "0", REFERENCE, *MUTANT)
    assert code == 3, output
    assert f"{HARNESS_FAILED} reference:\n  tests/test_own.py::test_it\n" in output


def test_what_a_test_does_to_the_random_values_changes_nothing_for_the_checks(typed: Runs, copy: Path) -> None:
    own = (
        "from conformance.foundation import seeded_random\n\n"
        "def test_of_a_seed():\n    seeded_random.begin(1)\n    seeded_random.reseed('other')\n\n"
        "def test_of_none(monkeypatch):\n    monkeypatch.setattr(seeded_random, '_state', {})\n"
    )
    sent = []
    for folders in (["conformance"], []):
        code, output = typed(own, "-n", "0", "--seed", "5", REFERENCE, *PART, *folders)
        assert code == 0, output
        kept = sorted((copy / "reports" / "reference" / "part" / "evidence").glob("*/*.jsonl"))
        sent.append([(record.node, record.seed, record.requests) for file in kept for record in records.read(file)])
    assert sent[0] == sent[1] != []


@pytest.mark.parametrize("options", [PART, MUTANT])
def test_what_a_test_is_called_and_asks_for_makes_no_check_of_it(typed: Runs, options: tuple[str, ...]) -> None:
    own = (
        "import pytest\n\n"
        "@pytest.fixture(scope='session')\ndef target():\n    return 'mine'\n\n"
        "@pytest.fixture(scope='session')\ndef of_it(target):\n    return target\n\n"
        "@pytest.mark.parametrize(('variant', 'mutant'), [('flask-sync', 'one'), ('sanic-async', 'two')])\n"
        f"def {CHECK}(variant, mutant, of_it):\n    assert of_it == 'mine'\n"
    )
    code, output = typed({"test_route.py": own}, "-n", "2", REFERENCE, *options)
    assert code == 0, output


@pytest.mark.parametrize(
    ("own", "arguments", "expected", "said"),
    [
        (PASSES, ("-k", "test_own"), 0, "No check ran, so nothing was judged."),
        (FAILS, ("-k", "test_own"), 3, HARNESS_FAILED),
        (PASSES, ("-k", "no_such_test"), 2, "No check ran: what was asked for matches none."),
        (PASSES, ("--collect-only", "-q"), 0, "tests/test_own.py::test_it"),
        (NOT_COLLECTED, ("--collect-only", "-q"), 3, HARNESS_FAILED),
        (PASSES, ("tests",), 0, "1 passed"),
        (FAILS, ("tests",), 1, "FAILED tests/test_own.py::test_it"),
        (NOT_COLLECTED, ("tests",), 2, "ERROR tests/test_own.py"),
        (PASSES, ("tests/none.py",), 4, "file or directory not found: tests/none.py"),
    ],
)
def test_a_run_without_checks(typed: Runs, own: str, arguments: tuple[str, ...], expected: int, said: str) -> None:
    judging = () if "tests" in arguments[0] else (REFERENCE, *PART)
    code, output = typed(own, *judging, *arguments)
    assert code == expected, output
    assert said in output
    assert "conforms" not in output


VACUOUS = """

@must("ROUTE-3a", kills="route_template_before_fixed")
def test_gets_a_service_and_asks_nothing(target: Target) -> None:
    assert target.shared("api_classes").address


@must("ROUTE-3a", kills="route_template_before_fixed")
def test_asks_by_a_socket_of_its_own(target: Target) -> None:
    import socket

    service = target.shared("api_classes")
    with socket.create_connection(service.address) as connection:
        assert connection.fileno() >= 0


@must("ROUTE-3a", kills="route_template_before_fixed")
def test_has_a_service_of_its_own(target: Target) -> None:
    assert target.serve("api_classes").address
"""


def test_a_check_that_passes_and_asked_nothing_is_unverified(typed: Runs, copy: Path) -> None:
    file = copy / "conformance" / "checks" / "test_route.py"
    text = file.read_text()
    file.write_text(text + VACUOUS)
    try:
        code, output = typed({}, "-n", "2", REFERENCE, *PART)
    finally:
        file.write_text(text)
    assert code == 3, output
    [verdict] = load(copy / "reports" / "reference" / "part" / "report.json").verdicts
    found = {each.check.partition("::")[2] for each in verdict.incidents if "verified nothing" in each.reason}
    assert found == {"test_gets_a_service_and_asks_nothing"}


IN_VAIN = """

@must("ROUTE-3a", kills="route_template_before_fixed")
@pytest.mark.parametrize("case", [1, 2, 3])
def test_waits_in_vain(target: Target, case: int) -> None:
    import time
    from conformance.foundation.deadline import ANSWER, Deadline

    target.serve("api_classes")
    began, until = time.monotonic(), Deadline.after(ANSWER)
    while not until.passed:
        time.sleep(0.01)
    raise AssertionError(f"{time.monotonic() - began:.0f} s")
"""


@contextmanager
def with_shorter_deadlines(copy: Path, added: str) -> Iterator[None]:
    """Context manager: a check is added to the copy, whose deadline of an answer is 2 s, or 0.1 s in a hurry."""
    changed: dict[Path, Callable[[str], str]] = {
        copy / "conformance" / "checks" / "test_route.py": lambda text: text + added,
        copy / "conformance" / "foundation" / "deadline.py": lambda text: text.replace(
            "ANSWER = Wait(10.0, in_vain=3.0)", "ANSWER = Wait(2.0, in_vain=0.1, broken=0.1)"
        ),
    }
    texts = {file: file.read_text() for file in changed}
    for file, change in changed.items():
        file.write_text(change(texts[file]))
    try:
        yield
    finally:
        for file, text in texts.items():
            file.write_text(text)


def test_what_has_waited_in_vain_waits_less_long_in_its_other_cases(typed: Runs, copy: Path) -> None:
    with with_shorter_deadlines(copy, IN_VAIN):
        code, output = typed({}, "-n", "2", REFERENCE, "--replays", "0", *PART)
    assert code == 1, output
    [verdict] = load(copy / "reports" / "reference" / "part" / "report.json").verdicts
    found = [each for each in verdict.incidents if each.check.endswith("::test_waits_in_vain")]
    assert sorted(each.reason for each in found if each.outcome is Outcome.FAILED) == ["0 s", "0 s", "2 s"]


def test_a_check_waits_less_long_for_what_a_mutant_does_not_do(typed: Runs, copy: Path) -> None:
    with with_shorter_deadlines(
        copy, IN_VAIN.replace("    raise", "    if time.monotonic() - began < 1:\n        raise")
    ):
        code, output = typed({}, "-n", "0", REFERENCE, *MUTANT)
    assert code == 0, output  # each case of the control has waited two seconds, and passed
    assert "1 of 1 mutants killed" in output


@pytest.mark.parametrize("option", [("--backend", "flask"), ("--seed", "0"), ("--mutants",), ("--report", "a.json")])
def test_an_option_for_checks_is_refused_where_there_are_none(typed: Runs, option: tuple[str, ...]) -> None:
    code, output = typed(PASSES, "tests", *option)
    assert (code, f"{option[0]} is for checks, and there are none in tests." in output) == (2, True), output


def test_in_an_environment_that_lacks_something_one_line_says_what_and_the_cure(typed: Runs, copy: Path) -> None:
    own = {name: (PROJECT / "tests" / name).read_text() for name in ("conftest.py", "environment.py")}
    project = copy / "pyproject.toml"
    text = project.read_text()
    project.write_text(text.replace('["locust>=2.46"]', '["no-such-package>=3", "pytest>=900"]'))
    try:
        for arguments in ((), ("-n", "2"), ("tests",)):
            code, output = typed({**own, "test_own.py": FAILS}, *arguments)
            assert code == 3, output
            [line] = output.splitlines()
            assert "need no-such-package>=3, pytest>=900, which this environment does not have: pip install" in line
        code, output = typed({}, "conformance", "--collect-only", "-q", *PART)
        assert (code, CHECK in output) == (0, True), output
    finally:
        project.write_text(text)
