"""What becomes of an optional package that is missing. Pip is real, its one index a folder; one process a service."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path
from typing import Any

import pytest

from utilmeta.core.server import dependency
from utilmeta.utils.exceptions import DependencyMissing

HEAD = """
import sys
from importlib.machinery import PathFinder
from utilmeta import UtilMeta
from utilmeta.conf import Config, Preference
from utilmeta.core.server.dependency import require

class Hidden:
    def find_spec(self, name, path=None, target=None):
        return None if name == "redis" else PathFinder.find_spec(name, path, target)

    def invalidate_caches(self):
        PathFinder.invalidate_caches()

sys.meta_path[sys.meta_path.index(PathFinder)] = Hidden()

class Needing(Config):
    def setup(self, service):
        require("redis", service._state)

def error(function):
    try:
        function()
    except ImportError as raised:
        return str(raised)
"""


def wheel(folder: Path, version: str) -> None:
    folder.mkdir(exist_ok=True)
    info = f"redis-{version}.dist-info"
    with zipfile.ZipFile(folder / f"redis-{version}-py3-none-any.whl", "w") as archive:
        archive.writestr("redis.py", f"version = {version!r}\n")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: redis\nVersion: {version}\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", f"redis.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n")


def run(
    tmp_path: Path, text: str, name: str = "server.py", before: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    (tmp_path / "server.py").write_text(before + HEAD + textwrap.dedent(text))
    (tmp_path / "other.py").write_text("import server\n")
    (tmp_path / "wheels").mkdir(exist_ok=True)
    variables = {
        **os.environ,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(tmp_path / "wheels"),
        "PIP_TARGET": str(tmp_path / "target"),
        "PIP_CONFIG_FILE": os.devnull,
        **environment,
    }
    command = [sys.executable, "-B", str(tmp_path / name)]
    return subprocess.run(command, env=variables, capture_output=True, text=True, timeout=60, cwd=tmp_path, check=False)


def test_it_is_installed_with_pip_within_its_bounds_and_the_command_printed(tmp_path: Path) -> None:
    for version in ("4.0", "6.1", "9.0"):
        wheel(tmp_path / "wheels", version)
    done = run(
        tmp_path,
        """
        import os
        sys.meta_path.append(type("Target", (), {"find_spec": staticmethod(
            lambda name, path=None, target=None: PathFinder.find_spec(name, [os.environ["PIP_TARGET"]]))}))
        UtilMeta(__name__, backend="flask").use(Needing()).setup()
        import redis
        assert redis.version == "6.1"
        """,
    )
    assert done.returncode == 0, done.stderr
    assert (
        f"redis is not installed; running: {sys.executable} -I -m pip install --no-input 'redis>=5,<8'" in done.stderr
    )


def test_nothing_of_the_working_directory_or_of_pythonpath_is_run_in_pips_place(tmp_path: Path) -> None:
    planted = tmp_path / "planted"
    for folder in (planted, tmp_path):
        folder.mkdir(exist_ok=True)
        for name in ("pip", "runpy", "logging", "socket"):
            (folder / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nraise SystemExit(0)\n")
    wheel(tmp_path / "wheels", "6.1")
    done = run(
        tmp_path,
        """
        import os
        os.environ["PYTHONPATH"] = "planted"
        sys.meta_path.append(type("Target", (), {"find_spec": staticmethod(
            lambda name, path=None, target=None: PathFinder.find_spec(name, [os.environ["PIP_TARGET"]]))}))
        UtilMeta(__name__, backend="flask").use(Needing()).setup()
        import redis
        assert redis.version == "6.1"
        """,
        before="import sys\nsys.path.remove(sys.path[0])\n",
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "ran").exists()


def test_a_failure_of_pip_shows_command_and_output(tmp_path: Path) -> None:
    done = run(tmp_path, "UtilMeta(__name__, backend='flask').use(Needing()).setup()")
    assert done.returncode == 1
    assert "DependencyMissing: redis is not installed, and `" in done.stderr
    assert "-m pip install --no-input 'redis>=5,<8'` ended with 1" in done.stderr
    assert "No matching distribution found" in done.stderr


WATCHED = """
seen = []
sys.addaudithook(lambda event, arguments: seen.append(event) if event == "subprocess.Popen" else None)
"""
CURE = "install it with: pip install 'redis>=5,<8'"


@pytest.mark.parametrize(
    ("options", "preference", "environment", "reason"),
    [
        ("", "dependencies_auto_install_disabled=True", {}, "dependencies_auto_install_disabled"),
        ("", "", {dependency.DISABLED: "1"}, dependency.DISABLED),
        ("", "", {dependency.DISABLED: "True"}, dependency.DISABLED),
        ("production=True", "", {dependency.DISABLED: "0"}, "production"),
    ],
)
def test_where_it_may_not_be_installed_the_error_says_why_and_what(
    tmp_path: Path, options: str, preference: str, environment: dict[str, str], reason: str
) -> None:
    text = f"""
        service = UtilMeta(__name__, backend="flask", {options}).use(Needing()).use(Preference({preference}))
        said = error(service.setup)
        assert {reason!r} in said and {CURE!r} in said, said
        assert seen == [], seen
        """
    done = run(tmp_path, WATCHED + textwrap.dedent(text), **environment)
    assert done.returncode == 0, done.stderr


def test_nothing_is_installed_by_who_imports_the_module_or_while_requests_are_served(tmp_path: Path) -> None:
    text = """
        service = UtilMeta(__name__, backend="flask").use(Needing())
        if __name__ == "__main__":
            service._state.lifecycle.started = True
        said = error(service.setup)
        assert ("while requests" if __name__ == "__main__" else "a person runs") in said, said
        assert seen == [], seen
        """
    for name in ("server.py", "other.py"):
        done = run(tmp_path, WATCHED + textwrap.dedent(text), name)
        assert done.returncode == 0, done.stderr


def test_a_missing_server_ends_run_with_what_to_install(tmp_path: Path) -> None:
    text = """
        sys.modules["uvicorn"] = None
        UtilMeta(__name__, backend="starlette", production=True).run()
        """
    done = run(tmp_path, text)
    assert (done.returncode, done.stderr.count("Traceback")) == (1, 0)
    assert "error: uvicorn is not installed" in done.stderr
    assert "pip install 'uvicorn>=0.30,<1'" in done.stderr


def test_a_command_that_does_not_end_is_killed_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dependency, "INSTALL_SECONDS", 0.5)
    mark = tmp_path / "mark"
    child = f"import time; time.sleep(1); open({str(mark)!r}, 'w')"
    parent = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
    with pytest.raises(DependencyMissing, match=r"a timeout after 0\.5 s"):
        dependency.install("redis_of_nobody", [sys.executable, "-c", parent])
    with pytest.raises(subprocess.TimeoutExpired):  # the time in which the child would have left its mark
        subprocess.run([sys.executable, "-c", "import time; time.sleep(9)"], timeout=1, check=False)
    assert not mark.exists()


def test_a_program_that_is_not_there_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DependencyMissing, match="No such file"):
        dependency.install("redis_of_nobody", ["/no/such/python", "-m", "pip"])


def test_a_module_that_is_not_in_the_table_is_never_looked_for() -> None:
    anybody: Any = None
    with pytest.raises(KeyError):
        dependency.require("left_pad", anybody)
