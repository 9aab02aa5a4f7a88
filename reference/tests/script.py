"""Scripts that declare a service, each run in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

HEAD = """
from utilmeta import UtilMeta
from utilmeta.core import api

class RootAPI(api.API):
    @api.get
    def hello(self):
        return "world"

def error(function, *arguments, **options):
    try:
        function(*arguments, **options)
    except Exception as raised:
        return f"{type(raised).__name__}: {raised}"
    raise AssertionError("nothing was raised")
"""


def script(tmp_path: Path, text: str, name: str = "server.py") -> subprocess.CompletedProcess[str]:
    file = tmp_path / name
    file.write_text(HEAD + textwrap.dedent(text))
    run = [sys.executable, "-B", str(file)]
    return subprocess.run(run, capture_output=True, text=True, timeout=20, cwd=tmp_path, check=False)


def passes(tmp_path: Path, text: str) -> None:
    done = script(tmp_path, text)
    assert done.returncode == 0, done.stderr
