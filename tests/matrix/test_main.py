"""`python -m matrix`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from conformance.judging.verdict import Outcome
from matrix.__main__ import main
from matrix.divergences import page
from matrix.report import dump
from tests.matrix.samples import header, printed, report, verdict

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A report that does not conform."""
    file = tmp_path / "report.json"
    dump(report(verdict("HOOK-2", "flask-sync", Outcome.FAILED)), file)
    return file


@pytest.mark.parametrize("details", [False, True])
def test_show_prints_a_failing_report_and_exits_0(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, details: bool
) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.chdir(path.parent)
    assert main(["show", path.name, *["--details"] * details]) == 0
    said = printed(report(verdict("HOOK-2", "flask-sync", Outcome.FAILED)), details=details)
    assert capsys.readouterr() == (said.replace("reports/reference/", ""), "")


def test_badges_lie_beside_the_report_and_are_listed(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["badges", str(path)]) == 0
    files = [path.parent / "badges" / name for name in ("flask.json", "sanic.json")]
    assert all(file.is_file() for file in files)
    assert capsys.readouterr().out.splitlines() == [str(file) for file in files]


def test_badges_go_where_out_says(path: Path, tmp_path: Path) -> None:
    assert main(["badges", str(path), "--out", str(tmp_path / "elsewhere")]) == 0
    assert {file.name for file in (tmp_path / "elsewhere").iterdir()} == {"flask.json", "sanic.json"}
    assert not (tmp_path / "badges").exists()


def test_divergences_prints_a_page_that_quotes_its_command_without_the_folders_of_a_machine(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = page(report(verdict("HOOK-2", "flask-sync", Outcome.FAILED)), "python -m matrix divergences report.json")
    monkeypatch.chdir(path.parent)
    for name in (path.name, str(path)):
        assert main(["divergences", name]) == 0
        assert capsys.readouterr() == (said, "")


def test_divergences_joins_the_reports_of_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for variant in ("flask-sync", "sanic-async"):
        alone = report(verdict("HOOK-2", variant, Outcome.FAILED), about=header([variant]))
        dump(alone, tmp_path / "all" / variant / "report.json")
    assert main(["divergences", "all"]) == 0
    both = report(*(verdict("HOOK-2", variant, Outcome.FAILED) for variant in ("flask-sync", "sanic-async")))
    assert capsys.readouterr() == (page(both, "python -m matrix divergences all"), "")
    (tmp_path / "none").mkdir()
    assert main(["divergences", "none"]) == 2
    assert "none: there is no such file" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["show", "badges", "divergences"])
def test_a_report_that_proves_nothing_is_one_line_on_stderr_and_exit_2(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, str(tmp_path / "none.json")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    said = "there is no such file; a run of the harness (nox -s conformance) writes it"
    assert err == f"matrix: {tmp_path / 'none.json'}: {said}\n"


def test_a_place_for_badges_that_cannot_be_written_is_one_line_and_exit_2(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["badges", str(path), "--out", str(path)]) == 2
    assert capsys.readouterr().err == f"matrix: {path}: File exists\n"


@pytest.mark.parametrize("arguments", ["", "paint report.json", "show", "show a b", "show a --out b"])
def test_a_wrong_command_is_bad_usage(arguments: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments.split())
    assert ended.value.code == 2
    assert "usage: python -m matrix" in capsys.readouterr().err


def test_the_module_runs_from_a_shell_and_shows_no_traceback(path: Path) -> None:
    path.write_text('{"schema": 2}')
    ended = subprocess.run(
        [sys.executable, "-m", "matrix", "show", str(path)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        f"matrix: {path}: it has no footer: the run that wrote it did not finish, so it proves nothing; run it again\n"
    )


def test_the_text_that_a_pipe_gets_is_utf8_or_escapes_but_never_an_error(path: Path) -> None:
    dump(report(verdict("HOOK-2", "flask-sync", Outcome.FAILED), about=header(["flask-sync"])), path)
    ended = subprocess.run(
        [sys.executable, "-m", "matrix", "show", str(path)],
        cwd=ROOT,
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert rb"\u2717 failed" in ended.stdout
