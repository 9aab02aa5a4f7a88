"""The guide page of clients: each of its examples runs, in its order, against the service that it shows."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

from example import SECONDS, running
from guide_page import examples


def test_the_examples_run(tmp_path: Path) -> None:
    server, others = examples()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (tmp_path / "server.py").write_text(server.replace('route="/api"', f'route="/api", port={port}'))
    with running(str(tmp_path), tmp_path, "starlette") as url:
        assert len(others) > 5
        code = "\n".join(others).replace("http://127.0.0.1:8000/api", url)
        arguments = [sys.executable, "-W", "error::ResourceWarning", "-c", code]
        run = {"capture_output": True, "text": True, "timeout": SECONDS, "cwd": tmp_path}
        done = subprocess.run(arguments, check=False, **run)
    assert (done.returncode, done.stderr) == (0, "")
