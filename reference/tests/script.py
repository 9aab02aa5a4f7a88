"""Scripts that declare a service, each run in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Sequence
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


def script(
    folder: Path,
    text: str,
    name: str = "server.py",
    *,
    head: str = HEAD,
    options: Sequence[str] = (),
    cwd: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Write ``head`` and ``text`` to a file in ``folder`` and run it in ``cwd``, with ``options`` of Python."""
    file = folder / name
    file.write_text(head + textwrap.dedent(text))
    run = [sys.executable, "-B", *options, str(file)]
    return subprocess.run(run, capture_output=True, text=True, timeout=30, cwd=cwd or folder, check=False)


def passes(
    folder: Path, text: str, *, head: str = HEAD, options: Sequence[str] = (), cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run such a file, which has to end with 0."""
    done = script(folder, text, head=head, options=options, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done
