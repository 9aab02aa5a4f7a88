"""The mutants, which break this package on purpose: each must find what it breaks, also after a change here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process for each of 700 modules needs fork")

MUTANTS = Path(__file__).parents[2] / "conformance" / "mutants"

# Imports every module of the folder, each over a package that is still whole: in a fork of its own.
PROGRAM = """
import os, runpy, sys, traceback
import utilmeta.core.api, utilmeta.core.orm, utilmeta.core.server.application
from utilmeta.core.server.backends import fastapi, flask, sanic, tornado, uvicorn_h11, uvicorn_httptools
folder, *names = sys.argv[1:]
sys.path.insert(0, folder)
for name in names:
    child = os.fork()
    if not child:
        try:
            runpy.run_path(os.path.join(folder, name))
        except BaseException as error:
            if getattr(error, "name", "") != "utype":  # there is none for Python 3.14
                print(name, "-", traceback.format_exception_only(error)[-1].strip(), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""


def broken(folder: Path) -> list[str]:
    """What cannot be imported of a folder's mutants, a line each with the reason."""
    names = sorted(str(file.relative_to(folder)) for file in folder.rglob("*.py"))
    assert names
    command = [sys.executable, "-c", PROGRAM, str(folder), *names]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_every_mutant_finds_what_it_breaks() -> None:
    assert broken(MUTANTS) == []


def test_a_mutant_whose_text_is_gone_is_named(tmp_path: Path) -> None:
    (tmp_path / "mutation.py").write_text((MUTANTS / "mutation.py").read_text())
    (tmp_path / "gone.py").write_text(
        "from mutation import replace\nfrom utilmeta.core.request.parameters import parameter\n"
        "replace(parameter.take, 'parameter.sent_as', 'parameter.name')\n"
    )
    [line] = broken(tmp_path)
    assert line.startswith("gone.py - mutation.Unchanged: 'parameter.sent_as' stands 2 times")
