"""The services of examples/, started as their users start them, and asked."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

EXAMPLES = Path(__file__).parents[2] / "examples"
BACKENDS = ("django", "flask", "starlette", "fastapi", "sanic", "tornado")
SECONDS = 30.0


@contextmanager
def running(name: str, folder: Path, backend: str, script: str = "server.py", **more: str) -> Iterator[str]:
    """Context manager: `python server.py` of an example, or another script of it, whose URL it gives.

    `more` is its environment, `folder` holds its state. It has to end well.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    prefix = name.upper()
    variables = {f"{prefix}_{key}": value for key, value in {"BACKEND": backend, "PORT": port, **more}.items()}
    process = subprocess.Popen(
        [sys.executable, "-u", "-B", script],
        cwd=EXAMPLES / name,
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
    said = ""
    patience = threading.Timer(SECONDS, process.kill)
    patience.start()
    try:
        for line in process.stdout:
            said += line
            if found := re.search(r"answers at (http://\S+)", line):
                return found[1].rstrip("/")
    finally:
        patience.cancel()
    raise AssertionError(f"it told no URL; it said:\n{said}")


def until_listening(url: str) -> None:
    """Wait until somebody accepts connections, where a URL is told before."""
    address = urlsplit(url).hostname, urlsplit(url).port
    until = time.monotonic() + SECONDS
    while True:
        try:
            return socket.create_connection(address, SECONDS).close()
        except OSError:
            assert time.monotonic() < until, url
            time.sleep(0.05)


@dataclass(frozen=True)
class Response:
    status: int
    headers: Message
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


def ask(url: str, body: Any = None, method: str | None = None, **headers: str) -> Response:
    """A request, with `body` as JSON if there is one."""
    data = None if body is None else json.dumps(body).encode()
    return send(url, data, "application/json", method, **headers)


def send(url: str, data: bytes | None, kind: str, method: str | None = None, **headers: str) -> Response:
    """A request with this body, of this media type."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    asked = urllib.request.Request(url, data, {"Content-Type": kind, **named}, method=method)
    try:
        with urllib.request.urlopen(asked, timeout=SECONDS) as answer:
            return Response(answer.status, answer.headers, answer.read().decode())
    except urllib.error.HTTPError as refused:
        return Response(refused.code, refused.headers, refused.read().decode())
