"""A file of variables: how its lines and its JSON read, what breaks it, where it is looked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from test_env import Demo, put, refused

from utilmeta.conf import Env


def test_lines_of_text(tmp_path: Path) -> None:
    class E(Env):
        pass

    text = """\ufeff# comment=1\r
; another=2
[section] \r
A=1
 B = two words \r
export C=3
export \t C2 = 4
URL=postgres://host/db?a=b&c=d
EMPTY=
D="x = 'y'"
E='  spaced  '
F="unclosed
G='
H="a"b"
I=a # b ; c
J=\u2028inside\u2028
"""
    env = E(file=put(tmp_path, text))
    assert dict(env) == {
        "A": "1",
        "B": "two words",
        "C": "3",
        "C2": "4",
        "URL": "postgres://host/db?a=b&c=d",
        "EMPTY": "",
        "D": "x = 'y'",
        "E": "  spaced  ",
        "F": '"unclosed',
        "G": "'",
        "H": 'a"b',
        "I": "a # b ; c",
        "J": "inside",
    }


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("x.env", "A=1\n\nhidden\n", 3),
        ("x.env", "A=1\r\n=hidden", 2),
        ("x.env", "# x\nA B=hidden", 2),
        ("x.env", "A=hidden1\nB=2\nA=hidden3", 3),
        ("x.json", '{"A": 1,\n "B": hidden}', 2),
        ("x.json", '["hidden"]', 1),
        ("x.json", '{"A": 1,\n "B": "hidden",\n "A": "hidden"}', 3),
        ("x.json", '{"A": ' + "[" * 100_000, 1),
        ("x.json", '{"A": ' + "9" * 5000 + "}", 1),
        ("x.JSON", "", 1),
    ],
)
def test_a_broken_file_is_an_error_with_its_line(tmp_path: Path, name: str, text: str, line: int) -> None:
    file = put(tmp_path, text, name)
    assert f"{file}, line {line}:" in refused(lambda: Demo(file=file))


def test_a_file_that_is_not_utf8_is_an_error_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "x.env").write_bytes(b"A=1\nB=hidden\xff\n")
    assert "line 2: it is not UTF-8" in refused(lambda: Demo(file=tmp_path / "x.env"))


def test_a_relative_path_starts_at_the_working_directory_then_at_the_projects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    for folder in (project / "config", elsewhere):
        folder.mkdir(parents=True)
    put(project / "config", "from utilmeta.conf import Env\nclass E(Env):\n    A: str", "variables.py")
    put(project, "A=project", "x.env")
    monkeypatch.chdir(elsewhere)
    monkeypatch.syspath_prepend(str(project))
    from config.variables import E  # type: ignore[import-not-found]

    assert E(file="x.env").A == "project"
    put(elsewhere, "A=working directory", "x.env")
    assert E(file="x.env").A == "working directory"
    with pytest.raises(FileNotFoundError) as found:
        E(file="missing.env")
    assert found.value.filename == "missing.env"
    for place in (elsewhere, project):
        assert str(place / "missing.env") in str(found.value)
    with pytest.raises(FileNotFoundError):
        E(file=tmp_path / "missing.json")
    with pytest.raises(IsADirectoryError):
        E(file=project)


def test_the_project_is_the_services_when_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "server").mkdir()
    (tmp_path / "library").mkdir()
    (tmp_path / "work").mkdir()
    put(tmp_path / "library", "from utilmeta.conf import Env\nclass E(Env):\n    A: str", "declared.py")
    put(tmp_path / "library", "A=library", "x.env")
    put(tmp_path / "server", "A=server", "x.env")
    code = f"""
import sys
sys.path.insert(0, {str(tmp_path / "library")!r})
from declared import E
assert E(file="x.env").A == "library"
from utilmeta import UtilMeta
service = UtilMeta(__name__, backend="flask")
assert E(file="x.env").A == "server"
"""
    put(tmp_path / "server", code, "server.py")
    run = [sys.executable, "-B", str(tmp_path / "server" / "server.py")]
    done = subprocess.run(run, cwd=tmp_path / "work", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
