"""Downloads: the whole content at its place or none, and an interrupted one that goes on."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import random
import socket
import threading
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from peer import Peer, Received, answer, redirect
from replies import PATIENCE
from style import Style

from utilmeta.core.cli import Aborted, Client, StreamError, TimedOut, UnexpectedResponse

CONTENT = bytes(random.Random(5).randbytes(700_000))
DATES = [("Last-Modified", "Tue, 01 Dec 2026 10:00:00 GMT"), ("Date", "Tue, 01 Dec 2026 10:00:05 GMT")]
TAG = [("ETag", '"one"')]


class Files:
    """A content that a peer has, as parts of it or whole; ``cut`` answers end after so many bytes."""

    def __init__(
        self, peer: Peer, *fields: tuple[str, str], content: bytes = CONTENT, cut: tuple[int, ...] = ()
    ) -> None:
        self.peer, self.fields, self.content, self.cut = peer, list(fields), content, list(cut)
        peer.on("/file", self)

    @property
    def asked(self) -> list[tuple[str | None, str | None]]:
        return [(each.header("range"), each.header("if-range")) for each in self.peer.received]

    def __call__(self, sock: socket.socket) -> None:
        request = self.peer.last
        sock.sendall(self.answer(request))

    def answer(self, request: Received) -> bytes:
        asked, unless = request.header("range"), request.header("if-range")
        known = dict(self.fields)
        begin, more = 0, []
        if asked is not None and unless in (known.get("ETag"), known.get("Last-Modified")):
            begin = int(asked.removeprefix("bytes=").removesuffix("-"))
            more = [("Content-Range", f"bytes {begin}-{len(self.content) - 1}/{len(self.content)}")]
        whole = answer(self.content[begin:], 206 if begin else 200, *self.fields, *more, kind="application/x-file")
        left = self.cut.pop(0) if self.cut else None
        return whole if left is None else whole[: len(whole) - len(self.content) + begin + left]


def get(style: Style, client: Client, to: Any, path: str = "file", **options: Any) -> Any:
    return style.wait((client.async_download if style.awaits else client.download)(path, to, **options))


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def interrupted(style: Style, client: Client, to: Path, **options: Any) -> None:
    with pytest.raises(Aborted):
        get(style, client, to, **options)
    assert not to.exists()


def test_a_download_is_a_file(style: Style, peer: Peer, tmp_path: Path) -> None:
    Files(peer)
    seen: list[tuple[int, int | None]] = []
    to = tmp_path / "name"
    to.write_bytes(b"before")
    found = get(style, style.client(base_url=peer.url), str(to), query={"a": 1}, headers={"X-A": "b"},
                progress=lambda *now: seen.append(now))  # fmt: skip
    assert (found, to.read_bytes() == CONTENT, names(tmp_path)) == (to, True, ["name"])
    assert (peer.last.target, peer.last.header("x-a"), peer.last.header("range")) == ("/file?a=1", "b", None)
    assert peer.last.header("accept-encoding") == "identity"  # what comes is what is written
    assert (seen[0], seen[-1]) == ((0, len(CONTENT)), (len(CONTENT), len(CONTENT)))
    assert [have for have, _ in seen] == sorted(have for have, _ in seen)


def test_a_content_of_unknown_size_or_none_is_a_file(style: Style, peer: Peer, tmp_path: Path) -> None:
    seen: list[Any] = []
    peer.on("/file", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", answer(b""))
    client = style.client(base_url=peer.url)
    assert get(style, client, tmp_path / "a", progress=lambda *now: seen.append(now)).read_bytes() == b"abc"
    assert seen == [(0, None), (3, None)]
    assert get(style, client, tmp_path / "a").read_bytes() == b""


@pytest.mark.parametrize("fields", [TAG, DATES], ids=["tag", "date"])
def test_an_interrupted_download_goes_on(style: Style, peer: Peer, tmp_path: Path, fields: Any) -> None:
    files = Files(peer, *fields, cut=(300_000, 100_000))
    seen: list[Any] = []
    client, to = style.client(base_url=peer.url), tmp_path / "name"
    interrupted(style, client, to)
    assert names(tmp_path) == [".name.part", ".name.part.json"]
    interrupted(style, client, to)
    get(style, client, to, progress=lambda *now: seen.append(now))
    assert (to.read_bytes() == CONTENT, names(tmp_path)) == (True, ["name"])
    validator = fields[0][1]
    assert files.asked == [(None, None), ("bytes=300000-", validator), ("bytes=400000-", validator)]
    assert seen[0] == (400_000, len(CONTENT))


def test_a_changed_content_is_taken_from_the_begin(style: Style, peer: Peer, tmp_path: Path) -> None:
    files = Files(peer, *TAG, cut=(300_000,))
    client, to = style.client(base_url=peer.url), tmp_path / "name"
    interrupted(style, client, to)
    files.fields, files.content = [("ETag", '"two"')], CONTENT[::-1]
    assert get(style, client, to).read_bytes() == CONTENT[::-1]
    assert len(files.asked) == 2


ANSWERS = {
    "of another place": (206, [("Content-Range", "bytes 0-9/10"), *TAG]),
    "without a place": (206, TAG),
    "of another content": (206, [("Content-Range", "bytes 300000-699999/700000"), ("ETag", '"two"')]),
    "none": (416, [("Content-Range", "bytes */10")]),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_part_that_does_not_match_is_asked_for_anew(style: Style, peer: Peer, tmp_path: Path, name: str) -> None:
    files = Files(peer, *TAG, cut=(300_000,))
    client, to = style.client(base_url=peer.url), tmp_path / "name"
    interrupted(style, client, to)
    status, fields = ANSWERS[name]
    peer.on("/file", answer(b"x" * 10, status, *fields), files)
    assert get(style, client, to).read_bytes() == CONTENT
    assert [ranged is not None for ranged, _ in files.asked] == [False, True, False]


@pytest.mark.parametrize(
    ("fields", "options"),
    [
        ([("ETag", 'W/"one"')], {}),
        ([], {}),
        ([DATES[0], ("Date", DATES[0][1])], {}),
        (TAG, {"resume": False}),
        (TAG, {"query": {"b": 1}}),
    ],
    ids=["weak", "nothing", "date of now", "not asked", "another URL"],
)
def test_a_download_begins_anew(style: Style, peer: Peer, tmp_path: Path, fields: Any, options: Any) -> None:
    files = Files(peer, *fields, cut=(300_000,))
    client, to = style.client(base_url=peer.url), tmp_path / "name"
    interrupted(style, client, to)
    assert get(style, client, to, **options).read_bytes() == CONTENT
    assert [ranged for ranged, _ in files.asked] == [None, None]
    assert names(tmp_path) == ["name"]


def test_a_part_is_shorter_than_the_rest(style: Style, peer: Peer, tmp_path: Path) -> None:
    Files(peer, *TAG, cut=(300_000,))
    client, to = style.client(base_url=peer.url), tmp_path / "name"
    interrupted(style, client, to)
    fields = [("Content-Range", f"bytes 300000-300009/{len(CONTENT)}"), *TAG]
    peer.on("/file", answer(CONTENT[300_000:300_010], 206, *fields))
    with pytest.raises(Aborted, match="there are 300010 bytes of 700000"):
        get(style, client, to)
    assert names(tmp_path) == [".name.part", ".name.part.json"]


def test_another_answer_is_an_error_and_leaves_no_file(style: Style, peer: Peer, tmp_path: Path) -> None:
    peer.on("/file", answer({"no": 1}, 404), answer(b"x", 206), answer(None, 204))
    client = style.client(base_url=peer.url, fail_silently=True)
    for status in (404, 206, 204):
        with pytest.raises(UnexpectedResponse, match=f"the answer {status} has no file") as raised:
            get(style, client, tmp_path / "name")
        assert raised.value.response.status == status
    assert names(tmp_path) == []


def test_redirects_are_followed_and_no_text_of_the_server_names_the_file(
    style: Style, peer: Peer, tmp_path: Path
) -> None:
    peer.on("/file", redirect(peer.url + "/../other"))
    peer.on("/other", answer(b"x", 200, ("Content-Disposition", 'attachment; filename="../evil"')))
    peer.on("/../other", *peer.answers["/other"])
    get(style, style.client(base_url=peer.url, allow_redirects=True), tmp_path / "name")
    assert (names(tmp_path), (tmp_path / "name").read_bytes()) == (["name"], b"x")


def digest(content: bytes, name: str = "sha-256") -> tuple[str, str]:
    found = hashlib.new(name.replace("-", ""), content).digest()
    return "Repr-Digest", f"md5=:AAAA:, {name}=:{base64.b64encode(found).decode()}:"


def test_a_digest_is_checked(style: Style, peer: Peer, tmp_path: Path) -> None:
    client, to = style.client(base_url=peer.url), tmp_path / "name"
    peer.on("/file", answer(b"abc", 200, digest(b"abd"), *TAG), answer(b"abc", 200, digest(b"abc", "sha-512")))
    with pytest.raises(StreamError, match="Repr-Digest"):
        get(style, client, to)
    assert names(tmp_path) == []
    assert get(style, client, to).read_bytes() == b"abc"


def test_the_time_of_a_call_bounds_a_download(style: Style, peer: Peer, tmp_path: Path) -> None:
    def slow(sock: socket.socket) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(1000):
            sock.sendall(b"x")
            time.sleep(0.02)

    peer.on("/file", slow)
    begin = time.monotonic()
    with pytest.raises(TimedOut):
        get(style, style.client(base_url=peer.url), tmp_path / "name", timeout=0.3)
    assert time.monotonic() - begin < PATIENCE


def test_one_place_is_written_by_one_download(style: Style, peer: Peer, tmp_path: Path) -> None:
    Files(peer)
    client, to = style.client(base_url=peer.url), tmp_path / "name"

    def again(have: int, total: int | None) -> None:
        if have == 0:
            with pytest.raises(BlockingIOError, match="another download"):
                Client(peer.url).download("file", to)

    get(style, client, to, progress=again)
    assert to.read_bytes() == CONTENT


def test_a_place_that_is_no_file_is_an_error_before_anything_is_sent(style: Style, peer: Peer, tmp_path: Path) -> None:
    client = style.client(base_url=peer.url)
    for to, error in ((tmp_path, IsADirectoryError), (tmp_path / "no" / "file", FileNotFoundError)):
        with pytest.raises(error):
            get(style, client, to)
    assert peer.received == []


def test_what_progress_raises_ends_the_download(style: Style, peer: Peer, tmp_path: Path) -> None:
    Files(peer, *TAG)

    def stop(have: int, total: int | None) -> None:
        if have > 100_000:
            raise KeyboardInterrupt

    client, to = style.client(base_url=peer.url), tmp_path / "name"
    with pytest.raises(KeyboardInterrupt):
        get(style, client, to, progress=stop)
    assert 100_000 < (tmp_path / ".name.part").stat().st_size <= len(CONTENT)
    assert get(style, client, to).read_bytes() == CONTENT


@pytest.mark.parametrize("backend", ["urllib", "httpx", "aiohttp"])
def test_a_cancelled_download_goes_on_later(peer: Peer, tmp_path: Path, backend: str) -> None:
    files = Files(peer, *TAG)
    client, to = Client(peer.url, backend=backend), tmp_path / "name"

    def half(sock: socket.socket) -> None:
        sock.sendall(files.answer(peer.last)[:300_000])
        peer.stopped.wait(PATIENCE)

    peer.on("/file", half, files)

    async def whole() -> None:
        enough = asyncio.Event()
        task = asyncio.create_task(
            client.async_download("file", to, progress=lambda have, total: have > 290_000 and enough.set())
        )
        await enough.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await client.async_download("file", to)
        await client.aclose()

    asyncio.run(whole())
    assert (to.read_bytes() == CONTENT, files.asked[-1][0] is not None) == (True, True)


@pytest.mark.parametrize("backend", ["urllib", "httpx", "aiohttp"])
def test_the_disk_is_no_business_of_the_event_loop(
    peer: Peer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backend: str
) -> None:
    from utilmeta.core.cli.streams import partial_file

    threads: set[int] = set()
    for name in ("__init__", "begin", "write", "matches", "finish", "close"):
        function = getattr(partial_file.PartialFile, name)

        def noted(*arguments: Any, function: Any = function) -> Any:
            threads.add(threading.get_ident())
            return function(*arguments)

        monkeypatch.setattr(partial_file.PartialFile, name, noted)
    Files(peer, digest(CONTENT), *TAG)
    asyncio.run(Client(peer.url, backend=backend).async_download("file", tmp_path / "name"))
    assert threads
    assert threading.get_ident() not in threads


def test_memory_does_not_grow_with_the_file(style: Style, peer: Peer, tmp_path: Path) -> None:
    size, piece = 64 << 20, bytes(1 << 20)

    def much(sock: socket.socket) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size)
        for _ in range(size // len(piece)):
            sock.sendall(piece)

    peer.on("/file", much)
    client = style.client(base_url=peer.url)
    tracemalloc.start()
    get(style, client, tmp_path / "name")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert os.path.getsize(tmp_path / "name") == size
    assert peak < 8 << 20  # an eighth of the file; libraries hold buffers of their own
