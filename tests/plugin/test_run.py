"""Whole runs, as a user starts them: exit codes, what is said, and that nothing is left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from conformance.foundation import loopback
from conformance.foundation.deadline import wait_until
from matrix.report import load, without_times
from tests.conftest import FAKES

PROJECT = Path(__file__).parents[2]
TOKEN = "TOKEN_OF_A_RUN"
HANDMADE = str(FAKES / "handmade.toml")


@pytest.fixture
def token() -> Iterator[str]:
    """Marks every process of a run, however far down; whatever is left at the end is an error, and killed."""
    value = uuid.uuid4().hex
    yield value
    left = marked(value)
    for process in left:
        process.kill()
    assert left == []


def marked(token: str) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(TOKEN) == token and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def living(pid: int) -> int:
    """How many there are of that process and its descendants: to look at these alone takes a tenth of the time."""
    try:
        return 1 + len(psutil.Process(pid).children(recursive=True))
    except psutil.NoSuchProcess:
        return 0


def start(token: str, *command: str, folder: Path = PROJECT) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**os.environ, TOKEN: token, "NO_COLOR": "1", "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def run(token: str, *command: str) -> tuple[int, str]:
    with start(token, *command) as process:
        output, _ = process.communicate(timeout=120)
    return process.returncode, output


def judge(token: str, report: Path, *options: str) -> tuple[int, str]:
    return run(token, "pytest", "conformance", "-q", "-p", "no:cacheprovider", "--report", str(report), *options)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--backend", "flsk"], "There is no backend 'flsk'. The backends are django, flask"),
        (["--mode", "both"], "There is no mode 'both'. The modes are sync and async."),
        (["--level", "best"], "There is no level 'best'. The levels are page, guides, full."),
        (["--requirement", "HOOK-99"], "There is no requirement 'HOOK-99': give an id like HOOK-3 or a chapter"),
        (["--implementation", "nobody"], "There is no implementation 'nobody'. Known by name:"),
        (["--implementation", HANDMADE, "--backend", "tornado"], "handmade does not say that it supports tornado"),
        (["--implementation", HANDMADE, "--backend=flask", "--mode=async"], "handmade has no variant of backend flask"),
        (["--requirement", "APPLICATION-2", "--backend", "flask"], "none of APPLICATION-2 applies to flask-"),
        (["--server-option", "http=h3"], "--server-option http=h3: there are http=h11|httptools, loop=asyncio|uvloop."),
        (["--server-option", "http=h11", "--backend", "flask"], "is for uvicorn, which serves none of flask-"),
        (["-k", "no_such_check", "--backend", "flask"], "No check ran: what was asked for matches none."),
    ],
    ids=lambda value: " ".join(value[-2:]) if isinstance(value, list) else "",
)  # fmt: skip
def test_bad_usage_ends_with_2_and_one_paragraph(token: str, tmp_path: Path, options: list[str], sentence: str) -> None:
    code, output = judge(token, tmp_path / "report.json", *options)
    assert code == 2, output
    assert sentence in output
    assert "Traceback" not in output


def test_an_implementation_that_breaks_its_promises_ends_with_1_and_how_to_see_it(token: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    options = ("--implementation", HANDMADE, "--backend", "flask", "--requirement", "BACKEND-1")
    code, output = judge(token, report, *options)
    assert code == 1, output
    check = load(report).verdicts[0].checks[0]
    assert "mend this first: " in output
    assert f"test_backend.py::{check.partition('::')[2]}[flask-sync" in output
    assert f"--implementation {HANDMADE}" in output
    assert "does not conform at level full, of what it offers, a part only (exit code 1)" in output
    details = tmp_path / "details" / f"{check.replace('.py::', '.')}.txt"
    assert f"details: {os.path.relpath(details, PROJECT)}\n" in output
    assert "ImportError: cannot import name 'UtilMeta'" in details.read_text()


def test_an_interpreter_that_is_not_there_ends_with_3(token: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('name = "mine"\nvariants = ["flask-sync"]\n[interpreter]\nexecutable = "/no/such/python"\n')
    code, output = judge(token, tmp_path / "report.json", "--implementation", str(file))
    assert code == 3, output
    assert "interpreter.executable /no/such/python cannot be run." in output
    assert "Traceback" not in output


def test_a_framework_that_is_not_installed_leaves_everything_unverified(token: str, tmp_path: Path) -> None:
    (tmp_path / "utilmeta").mkdir()
    (tmp_path / "utilmeta" / "__init__.py").write_text("")
    (tmp_path / "flask.py").write_text("raise ImportError('No module named flask')")
    file = tmp_path / "mine.toml"
    file.write_text('name = "mine"\nvariants = ["flask-sync"]\n[interpreter]\nexecutable = "{python}"\npath = ["."]\n')
    code, output = judge(token, tmp_path / "report.json", "--implementation", str(file), "--requirement", "ROUTE-1b")
    assert code == 3, output
    assert "mine: flask cannot be imported" in output
    assert f"Install what {file} needs for flask-sync" in output


def test_the_number_of_workers_changes_nothing_in_the_report(token: str, tmp_path: Path) -> None:
    options = [f"--requirement={name}" for name in ("ROUTE-1a", "ERROR-1a", "HOOK-8", "SERVICE-15")]
    options += ["--backend", "flask", "--backend", "sanic", "--mode", "sync"]
    reports = []
    for workers in ("0", "3"):
        file = tmp_path / workers / "report.json"
        code, output = judge(token, file, "-n", workers, "--seed", "5", *options)
        assert code == 0, output
        reports.append(without_times(load(file)))
    assert reports[0] == reports[1]
    assert len(reports[0]["verdicts"]) == 8


def test_a_run_of_one_check_says_what_it_was_and_counts_that_alone(token: str, tmp_path: Path) -> None:
    node = "conformance/checks/test_service.py::test_leaving_the_backend_out_is_an_error"
    report = tmp_path / "report.json"
    code, output = run(token, "pytest", node, "-q", "--backend", "flask", "--report", str(report))
    assert (code, "conforms at level full, a part only" in output) == (0, True), output
    header = load(report).header
    assert (header.selection.backends, header.selection.checks) == (("flask",), (node,))
    assert {entry.chapter for entry in header.requirements.values()} == {"SERVICE"}
    assert list((tmp_path / "evidence").glob("flask-*/*.jsonl"))
    assert {file.name for file in tmp_path.iterdir()} == {"evidence", "report.json"}


def test_listing_the_checks_starts_nothing(token: str) -> None:
    code, output = run(token, "pytest", "conformance", "--collect-only", "-q", "--backend", "sanic")
    assert code == 0
    assert "test_leaving_the_backend_out_is_an_error[sanic-async" in output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
@pytest.mark.parametrize(("workers", "services"), [("0", 2), ("2", 0), ("2", 2), ("2", 4)])
def test_killing_a_run_leaves_no_process_and_no_report_that_looks_whole(
    token: str, tmp_path: Path, number: signal.Signals, workers: str, services: int
) -> None:
    report = tmp_path / "report.json"
    options = ("-q", "-n", workers, "--report", str(report), "--requirement", "HOOK", "--requirement", "SERVICE-10")
    process = start(token, "pytest", "conformance", *options, "--backend", "sanic", "--backend", "django")
    with process:
        until = time.monotonic() + 60
        while living(process.pid) < 1 + int(workers) + services:
            assert process.poll() is None, process.communicate()[0]
            assert time.monotonic() < until
            time.sleep(0.1)
        if number is signal.SIGINT:
            os.killpg(process.pid, number)  # as a terminal does
        else:
            process.send_signal(number)
        output, _ = process.communicate(timeout=60)
    assert process.returncode != 0, output
    wait_until(lambda: not marked(token), 15)
    if services:
        assert process.returncode == 3, output
        assert list(tmp_path.iterdir()) == []
        assert "The run did not end: " in output


def test_a_scenario_is_served_in_the_foreground_until_it_is_ended(token: str) -> None:
    port = loopback.free_port("127.0.0.1")
    process = start(token, "conformance", "serve", "--backend", "flask", "--port", str(port))
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == f"root on flask-sync at http://127.0.0.1:{port}/ (Ctrl-C ends it)\n"
        assert not loopback.is_free("127.0.0.1", port)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (["--backend", "flsk"], 2, "conformance: There is no backend 'flsk'."),
        (["--backend", "flask", "--mode", "both"], 2, "conformance: There is no mode 'both'."),
        (["--backend", "flask", "--scenario", "nothing"], 2, "There is no scenario 'nothing'. The scenarios are "),
        (["--backend", "flask", "--set", "production"], 2, "--set production: a setting reads NAME=VALUE."),
        (["--backend", "flask", "--port", "{busy}"], 3, "Port {busy} of 127.0.0.1 is needed and somebody else listens"),
        (["--backend", "flask", "--implementation", HANDMADE], 1, "root.py failed at import"),
    ],
)
def test_what_cannot_be_served_is_told_in_one_paragraph(
    token: str, options: list[str], code: int, sentence: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])
        found, output = run(token, "conformance", "serve", *(option.format(busy=port) for option in options))
    assert found == code, output
    assert sentence.format(busy=port) in output
    assert 'File "' + str(PROJECT / "conformance" / "target") not in output


def test_a_project_that_has_installed_the_harness_judges_from_its_own_folder(token: str, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    options = ("--implementation", HANDMADE, "--backend", "flask", "--requirement", "ROUTE-1b")
    command = ("pytest", "-p", "conformance.plugin.hooks", "--pyargs", "conformance.checks", "-q", *options)
    with start(token, *command, folder=own) as process:
        output, _ = process.communicate(timeout=120)
    assert process.returncode == 1, output
    assert load(own / "reports" / "handmade" / "part" / "report.json").footer.exit_code == 1


@pytest.mark.parametrize(("option", "stamp"), [("http=h11", "H11Protocol"), ("loop=asyncio", "SelectorEventLoop")])
def test_the_server_of_the_forked_services_is_chosen_and_stamped(
    token: str, tmp_path: Path, option: str, stamp: str
) -> None:
    report = tmp_path / "report.json"
    options = ("--backend", "starlette", "--mode", "async", "--requirement", "ROUTE-1b", "--server-option", option)
    code, output = judge(token, report, *options)
    assert code == 0, output
    [found] = load(report).header.variants
    assert stamp in f"{found.http_parser} {found.event_loop}"
