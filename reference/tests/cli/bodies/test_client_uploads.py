"""How files are sent: streamed within the call's time, let go at its end, and sent again where they can be."""

from __future__ import annotations

import asyncio
import contextlib
import io
import itertools
import os
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from files import Pipe
from peer import Peer, answer, redirect
from style import Style

from utilmeta.core.cli import Aborted, ArgumentError, Client
from utilmeta.core.file import File

LARGE = 64 << 20
LITTLE = 8 << 20  # bytes that a client may hold meanwhile


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(LARGE)
    return path


@contextlib.contextmanager
def drain(finish: Callable[[socket.socket], None] | None = None) -> Iterator[tuple[str, dict[str, int]]]:
    """A server that counts what it is sent, and keeps none of it."""
    told = {"body": 0}

    def serve() -> None:
        sock, _ = listener.accept()
        with sock:
            head = b""
            while b"\r\n\r\n" not in head:
                head += sock.recv(1 << 16)
            head, _, body = head.partition(b"\r\n\r\n")
            told["body"] = len(body)
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            while told["body"] < length:
                told["body"] += len(sock.recv(1 << 16))
            sock.sendall(answer({}))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", told
        thread.join(10)


@pytest.mark.parametrize("form", [False, True])
def test_a_large_file_is_not_held_in_memory(style: Style, large: Path, form: bool) -> None:
    with drain() as (url, told):
        tracemalloc.start()
        try:
            file = File(large)
            data = {"name": "n", "file": file} if form else file
            found = style.request(style.client(base_url=url, default_timeout=30), "POST", data=data)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert found.status == 200
    assert told["body"] >= LARGE
    assert peak < LITTLE


def test_a_server_that_does_not_read_is_late(style: Style, large: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        client = style.client(base_url=f"http://127.0.0.1:{deaf.getsockname()[1]}")
        begin = time.monotonic()
        found = style.request(client, "POST", data=File(large), timeout=0.25)
        assert (found.status, time.monotonic() - begin < 5) == (504, True)


def test_a_file_that_is_slow_is_late_and_let_go(style: Style, peer: Peer) -> None:
    reader, writer = os.pipe()
    with os.fdopen(writer, "wb"), os.fdopen(reader, "rb", buffering=0) as slow:
        begin = time.monotonic()
        found = style.request(style.client(base_url=peer.url), "POST", data=slow, timeout=0.25)
        assert (found.status, time.monotonic() - begin < 5) == (504, True)
    quick = style.request(style.client(base_url=peer.url), "POST", data=Pipe(bytes(3000), 0.01), timeout=10)
    assert (quick.status, peer.last.body) == (200, bytes(3000))


def test_the_event_loop_goes_on_while_a_file_is_read(peer: Peer) -> None:
    for backend in ("httpx", "aiohttp", "urllib"):
        ticks = []

        async def main(backend: str = backend, ticks: list[float] = ticks) -> None:
            async def tick() -> None:
                while True:
                    ticks.append(time.monotonic())
                    await asyncio.sleep(0.01)

            ticking = asyncio.create_task(tick())
            await Client(peer.url, backend=backend).async_post("x", data=Pipe(bytes(3000), 0.1))
            ticking.cancel()

        asyncio.run(main())
        assert sum(after - before > 0.09 for before, after in itertools.pairwise(ticks)) < 3  # of four reads


def test_a_file_that_fails_or_shrinks_aborts_the_call(style: Style, peer: Peer, picture: Path) -> None:
    class Broken(Pipe):
        def read(self, size: int = -1) -> bytes:
            raise BrokenPipeError

    found = style.request(style.client(base_url=peer.url), "POST", data=Broken(b""), timeout=5)
    assert (found.status, type(found.error)) == (503, Aborted)
    assert "BrokenPipeError" in str(found.error)

    class Shrinks:
        def process_request(self, request: Any) -> None:
            file = request.data
            file._stat = lambda: os.stat_result((0o100644, 0, 0, 0, 0, 0, 100, 0, 0, 0))

    found = style.request(style.client(Shrinks, peer.url), "POST", data=File(picture), timeout=5)
    assert found.status == 503
    assert "shorter" in str(found.error)


def opened_files() -> list[str]:
    found = []
    for number in os.listdir("/proc/self/fd"):
        with contextlib.suppress(FileNotFoundError):  # that of the listing
            found.append(os.readlink(f"/proc/self/fd/{number}"))
    return found


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="Linux lists open files there")
def test_files_of_paths_are_closed_and_those_of_the_caller_stay_open(
    style: Style, peer: Peer, large: Path, picture: Path
) -> None:
    client = style.client(base_url=peer.url)
    with picture.open("rb") as own, socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        assert style.request(client, "POST", data={"a": File(own), "b": File(large)}).status == 200
        assert style.request(client, "POST", url, data={"a": File(own), "b": File(large)}, timeout=0.2).status == 504
        assert not own.closed
        until = time.monotonic() + 5
        while str(large) in opened_files() and time.monotonic() < until:
            time.sleep(0.01)
        assert str(large) not in opened_files()
        assert style.request(client, "POST", data={"a": own and File(own)}).status == 200


# --- sent again ---


@pytest.mark.parametrize("status", [307, 308])
def test_a_redirect_sends_a_file_again(style: Style, peer: Peer, picture: Path, status: int) -> None:
    peer.on("/from", redirect("/to", status))
    client = style.client(base_url=peer.url, allow_redirects=True)
    with picture.open("rb") as opened:
        opened.read(1)
        for data in (File(picture), {"a": File(picture)}, opened, b"abc", io.BytesIO(b"abc")):
            assert style.request(client, "POST", "from", data=data).status == 200
            first, second = peer.received[-2:]
            assert (first.body, first.header("content-type")) == (second.body, second.header("content-type"))
            assert (second.target, second.body != b"") == ("/to", True)
    for data in (Pipe(b"abc"), File(Pipe(b"abc")), {"a": File(Pipe(b"abc"))}):
        found = style.request(client, "POST", "from", data=data)
        assert (found.status, type(found.error)) == (503, Aborted)
        assert "cannot be read again" in str(found.error)
        assert peer.last.target == "/from"
    peer.on("/get", redirect("/to", 303))
    assert style.request(client, "POST", "get", data=Pipe(b"abc")).status == 200
    assert (peer.last.method, peer.last.body) == ("GET", b"")


def test_a_hook_sends_a_file_again(style: Style, peer: Peer, picture: Path) -> None:
    class Again:
        def process_response(self, response: Any) -> Any:
            return response.request if response.status == 401 else None

    for data, times in ((File(picture), 2), (picture.open("rb"), 2), (Pipe(b"abc"), 1)):
        peer.on("/x", answer({}, 401), answer({}))
        begun = len(peer.received)
        client = style.client(Again, peer.url)
        if times == 1:
            with pytest.raises(ArgumentError, match="cannot be read again"):
                style.request(client, "POST", "x", data=data)
        else:
            assert style.request(client, "POST", "x", data=data).status == 200
        assert [each.body != b"" for each in peer.received[begun:]] == [True] * times


@pytest.mark.parametrize("name", ["urllib", "requests", "httpx"])
def test_the_answer_of_a_server_that_closes_early_is_taken(name: str, large: Path) -> None:
    """Awaited libraries drop what has come when the connection fails; docs/client.md says so."""

    def early() -> None:
        sock, _ = listener.accept()
        with sock:
            sock.recv(100)
            sock.sendall(answer({"too": "large"}, 413, ("Connection", "close")))

    for data in (File(large), {"a": File(large)}, File(Pipe(bytes(LARGE // 8)))):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            threading.Thread(target=early, daemon=True).start()
            client = Style(name).client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}")
            found = client.post("x", data=data, timeout=10)
        assert (found.status, found.data) == (413, {"too": "large"})
