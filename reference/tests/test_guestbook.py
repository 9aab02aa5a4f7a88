"""The example service examples/guestbook: it runs unchanged on each backend, and answers the same."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "guestbook"
BACKENDS = ("django", "flask", "starlette", "fastapi", "sanic", "tornado")
SECONDS = 30.0


@contextmanager
def running(folder: Path, backend: str, **more: str) -> Iterator[str]:
    """`python server.py` with everything it writes in `folder`; the URL that it says answers. It has to end well."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    names = {"BACKEND": backend, "PORT": port, "DB_NAME": str(folder / "guestbook.sqlite3"), **more}
    variables = {f"GUESTBOOK_{name}": value for name, value in names.items()}
    process = subprocess.Popen(
        [sys.executable, "-u", "-B", "server.py"],
        cwd=EXAMPLE,
        env={**os.environ, **variables, "XDG_STATE_HOME": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    with process:
        try:
            yield url_of(process)
            process.send_signal(signal.SIGTERM)
            output, _ = process.communicate(timeout=SECONDS)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 0, output


def url_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    until = time.monotonic() + SECONDS
    said = ""
    while select.select([process.stdout], [], [], max(0.0, until - time.monotonic()))[0]:
        line = process.stdout.readline()
        said += line
        if found := re.search(r"answers at (http://\S+)", line):
            return found[1].rstrip("/")
        if not line:
            break
    raise AssertionError(f"it told no URL; it said:\n{said}")


def ask(url: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    data = None if body is None else json.dumps(body).encode()
    asked = urllib.request.Request(url, data, {"Content-Type": "application/json", **headers})
    try:
        with urllib.request.urlopen(asked, timeout=SECONDS) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as refused:
        return refused.code, json.loads(refused.read())


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_guestbook_runs_unchanged(tmp_path: Path, backend: str) -> None:
    with running(tmp_path, backend) as url:
        assert ask(f"{url}/visits") == (200, {"visits": 1})
        assert ask(f"{url}/visits") == (200, {"visits": 2})
        assert ask(f"{url}/entries") == (200, [])
        status, entry = ask(f"{url}/entries", {"guest": "Ada", "text": "Hello"})
        assert status == 200
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entry.pop("signed"))
        assert entry == {"number": 1, "guest": "Ada", "text": "Hello"}
        assert ask(f"{url}/entries/1")[1]["guest"] == "Ada"
        assert ask(f"{url}/entries/2")[0] == 404
        status, problem = ask(f"{url}/entries", {"guest": "", "text": "Hello"})
        assert (status, [error["name"] for error in problem["errors"]]) == (422, ["guest"])
        assert ask(f"{url.removesuffix('/api')}/entries")[0] == 404  # strict_root_route
    with running(tmp_path, backend) as url:  # what was written is there for the next one
        assert [entry["guest"] for entry in ask(f"{url}/entries")[1]] == ["Ada"]


def test_its_surroundings_are_held_to_their_types(tmp_path: Path) -> None:
    with pytest.raises(AssertionError) as said, running(tmp_path, "flask", PRODUCTION="maybe"):
        raise NotImplementedError
    assert "GUESTBOOK_PRODUCTION" in str(said.value)
    assert "maybe" not in str(said.value)
