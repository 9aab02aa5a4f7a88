"""A service that starts anew when its code changes: which files count, and the processes that take part."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from project import Project

from utilmeta.core.server import reload

SERVER = """
import os, sys, time
from utilmeta import UtilMeta
from utilmeta.core.server import reload

class Service(UtilMeta):
    def application(self):
        import changing
        print(os.getpid(), os.getppid(), changing.WORD, flush=True)
        time.sleep(60)

Service(__name__, backend="flask", auto_reload=True, production=%r).run()
"""


@pytest.fixture
def started(project: Project) -> Iterator[subprocess.Popen[str]]:
    project.write("changing.py", "WORD = 'first'\n")
    project.write("server.py", SERVER % False)
    command = [sys.executable, "-B", "server.py"]
    with subprocess.Popen(command, cwd=project.folder, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def line(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    return process.stdout.readline().split()


def gone(pid: int) -> bool:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_a_child_serves_and_another_one_does_when_code_changes(
    project: Project, started: subprocess.Popen[str]
) -> None:
    child, parent, word = line(started)
    assert (int(parent), word) == (started.pid, "first")
    project.write("changing.py", "WORD = 'second'\n")
    other, parent, word = line(started)
    assert (int(parent), word) == (started.pid, "second")
    assert gone(int(child))
    started.send_signal(signal.SIGTERM)
    assert started.wait(20) == 128 + signal.SIGTERM
    assert gone(int(other))


def test_code_that_does_not_run_is_waited_for(project: Project, started: subprocess.Popen[str]) -> None:
    line(started)
    project.write("changing.py", "WORD = \n")
    time.sleep(3 * reload.PAUSE)
    assert started.poll() is None
    project.write("changing.py", "WORD = 'mended'\n")
    assert line(started)[2] == "mended"


def test_the_child_ends_when_its_parent_is_killed(started: subprocess.Popen[str]) -> None:
    child, *_ = line(started)
    started.kill()
    assert gone(int(child))


def test_a_first_child_that_fails_ends_the_command(project: Project) -> None:
    project.write("server.py", SERVER % False)
    done = project.python("server.py")
    assert done.returncode == 1
    assert "No module named 'changing'" in done.stderr


def test_nothing_is_supervised_in_production(project: Project) -> None:
    project.write("changing.py", "import sys\nWORD = 'one'\nsys.exit(7)\n")
    project.write("server.py", SERVER % True)
    assert project.python("server.py").returncode == 7


def test_files_of_environments_and_hidden_folders_are_not_looked_at(tmp_path: Path) -> None:
    for name in ("own.py", "package/own.py", ".hidden/other.py", "venv/lib/other.py", "node_modules/other.py", "a.txt"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    (tmp_path / "venv" / "pyvenv.cfg").touch()
    assert {Path(file).name for file in reload.of_folder(tmp_path)} == {"own.py"}


def test_modules_of_python_and_of_packages_are_not_looked_at() -> None:
    files = set(reload.of_modules())
    assert os.path.realpath(__file__) in files
    assert not [file for file in files if "site-packages" in file or file == os.__file__]
