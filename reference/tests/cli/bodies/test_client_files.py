"""Files of requests: what a File is, as the body and in forms (CLIENT-g26)."""

from __future__ import annotations

import io
import os
import threading
import time
from pathlib import Path
from typing import Any, Optional

import msgspec
import multipart
import pydantic
import pytest
import utype
from files import Pipe
from peer import Peer, Received
from style import Style

from utilmeta.core import api, request
from utilmeta.core.cli import ArgumentError, Client
from utilmeta.core.file import Audio, File, Image, Unreadable, Video
from utilmeta.core.request.parameters.binding import compile_binding
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import DeclarationError


class Photo(pydantic.BaseModel):
    name: str = pydantic.Field(alias="Name")
    photo: File
    more: list[File] = []
    missing: Optional[File] = None  # noqa: UP045
    sizes: list[int] = []


class Uploads:
    @api.post
    def whole(self, data: File = request.Body) -> Response: ...

    @api.post
    def typed(self, data: Image = request.Body(content_type="image/webp")) -> Response: ...

    @api.post
    def model(self, data: Photo = request.Body) -> Response: ...

    @api.post
    def form(self, data: Photo = request.Form) -> Response: ...

    @api.post
    def fields(self, name: str = request.BodyParam, files: list[File] = request.BodyParam) -> Response: ...

    @api.post
    def optional(self, data: Optional[File] = request.Body(default=None)) -> Response: ...  # noqa: UP045


def parts(received: Received) -> list[tuple[str, str | None, str, bytes]]:
    """Name, filename, content type and content of each part of a form."""
    kind, options = multipart.parse_options_header(received.header("content-type"))
    assert kind == "multipart/form-data"
    found = multipart.MultipartParser(io.BytesIO(received.body), options["boundary"])
    return [(part.name, part.filename, part.content_type, part.raw) for part in found]


# --- what a File is ---


def test_a_file_has_filename_size_content_type_and_read(picture: Path) -> None:
    file = File(picture)
    assert (file.filename, file.size, file.content_type, file.read()) == ("tim.png", 8, "image/png", b"\x89PNG\r\n--")
    assert file.read() == file.read()
    with picture.open("rb") as opened:
        opened.read(1)
        file = Image(opened, "a.gif", content_type="image/x")
        assert (file.filename, file.size, file.content_type, file.read()) == ("a.gif", 7, "image/x", b"PNG\r\n--")
        assert (File(opened).filename, opened.closed) == ("tim.png", False)
    bare = File(b"abc")
    assert (bare.filename, bare.size, bare.content_type, bare.read()) == (None, 3, "application/octet-stream", b"abc")
    assert repr(bare) == "<File without a name>"
    pipe = File(Pipe(b"abc"))
    assert (pipe.size, pipe.read()) == (None, b"abc")
    with pytest.raises(Unreadable, match="cannot be read again"):
        pipe.read()


@pytest.mark.parametrize(
    ("name", "filename", "kind"),
    [
        ("/etc/a/b.txt", "b.txt", "text/plain"),
        ("C:\\Users\\tim\\b.txt", "b.txt", "text/plain"),
        ("../../b", "b", "application/octet-stream"),
        ("a.tar.gz", "a.tar.gz", "application/octet-stream"),
        ("folder/", None, "application/octet-stream"),
        ("", None, "application/octet-stream"),
    ],
)
def test_a_filename_is_its_last_part(name: str, filename: str | None, kind: str) -> None:
    file = File(b"", name)
    assert (file.filename, file.content_type) == (filename, kind)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((3,), TypeError),
        ((io.StringIO("a"),), TypeError),
        ((b"", 3), TypeError),
        ((b"", None, "image"), ValueError),
        ((b"", None, "image/png\r\nX: 1"), ValueError),
        ((b"", None, 3), ValueError),
    ],
)
def test_what_is_no_file_is_refused(arguments: tuple[Any, ...], error: type[Exception]) -> None:
    with pytest.raises(error):
        File(*arguments)


def test_a_file_is_read_by_one_at_a_time_and_let_go() -> None:
    source = io.BytesIO(b"abc")
    file = File(source)
    with file.opened() as reading:
        assert reading.read() == b"abc"
        with pytest.raises(Unreadable, match="being read already"):
            file.opened()
        with pytest.raises(Unreadable, match="being read already"):
            assert file.size
    assert file.read() == b"abc"
    source.close()
    with pytest.raises(Unreadable, match="closed"):
        file.read()
    with pytest.raises(Unreadable, match="gives a str"):
        File(type("Odd", (), {"read": lambda self, size: "text"})()).read()
    with pytest.raises(Unreadable, match="OSError"):
        File(type("Broken", (), {"read": lambda self, size: os.read(-1, 1)})()).read()


def test_a_thread_that_still_reads_closes_the_file() -> None:
    waits, closed = threading.Event(), threading.Event()

    class Slow(Pipe):
        def read(self, size: int = -1) -> bytes:
            waits.wait(5)
            return b""

    reading = File(Slow(b"")).opened()
    reading.release = closed.set
    thread = threading.Thread(target=reading.read)
    thread.start()
    while not reading.lock.locked():
        time.sleep(0.001)
    reading.close()
    assert not closed.is_set()
    waits.set()
    thread.join(5)
    assert closed.is_set()
    assert reading.read() == b""


# --- what is sent ---


def test_a_file_is_the_body(style: Style, peer: Peer, picture: Path) -> None:
    client = style.client(Uploads, peer.url)
    with picture.open("rb") as opened:
        sent = (File(picture), picture, opened, b"\x89PNG\r\n--", File(opened), File(Pipe(picture.read_bytes())))
        for each in sent:
            assert style.call(client.whole, data=each).status == 200
            assert peer.last.body == picture.read_bytes()
        assert not opened.closed
    kinds = [each.header("content-type") for each in peer.received]
    unknown = "application/octet-stream"
    assert kinds == ["image/png", "image/png", "image/png", unknown, "image/png", unknown]
    lengths = [(each.header("content-length"), each.header("transfer-encoding")) for each in peer.received]
    assert lengths == [("8", None)] * 5 + [(None, "chunked")]
    style.call(client.typed, data=Image(picture))
    assert peer.last.header("content-type") == "image/webp"
    style.call(client.optional)
    assert peer.last.body == b""


def test_data_of_any_request_may_be_a_file(style: Style, peer: Peer, picture: Path) -> None:
    client = style.client(base_url=peer.url)
    for data in (File(picture, content_type="image/x"), picture.open("rb"), io.StringIO("ü"), File(b"")):
        style.request(client, "PUT", "x", data=data)
    bodies = [(each.header("content-type"), each.body) for each in peer.received]
    octets = picture.read_bytes()
    assert bodies == [
        ("image/x", octets),
        ("image/png", octets),
        ("text/plain; charset=utf-8", "ü".encode()),
        ("application/octet-stream", b""),
    ]
    style.request(client, "POST", "x", data={"a": [File(picture), 1, [True]], "b": {"c": None}, "d": None, "e": []})
    assert parts(peer.last) == [
        ("a", "tim.png", "image/png", octets),
        ("a", None, "text/plain", b"1"),
        ("a", None, "text/plain", b"true"),
        ("b", None, "text/plain", b'{"c":null}'),
    ]
    style.request(client, "POST", "x", data={"a": 1}, headers={"content-type": "multipart/form-data"})
    assert parts(peer.last) == [("a", None, "text/plain", b"1")]
    style.request(client, "POST", "x", data={"a": File(Pipe(b"abc"))})
    assert parts(peer.last) == [("a", "a", "application/octet-stream", b"abc")]
    assert peer.last.header("transfer-encoding") == "chunked"


class Struct(msgspec.Struct):
    photo: Any
    name: str = msgspec.field(name="Name", default="n")


class Schema(utype.Schema):
    photo: File
    name: str = "n"


def test_a_model_with_files_is_a_form(style: Style, peer: Peer, picture: Path) -> None:
    client = style.client(Uploads, peer.url)
    octets = picture.read_bytes()
    photo = ("photo", "b.txt", "text/plain", b"--\r\n")
    for function, data in (
        (client.model, Photo(Name="ü", photo=File(b"--\r\n", "b.txt"), more=[File(picture), File(b"")], sizes=[1, 2])),
        (client.form, {"Name": "ü", "photo": File(b"--\r\n", "b.txt"), "more": [picture, b""], "sizes": [1, 2]}),
    ):
        style.call(function, data=data)
        assert parts(peer.last) == [
            ("Name", None, "text/plain", "ü".encode()),
            photo,
            ("more", "tim.png", "image/png", octets),
            ("more", "more", "application/octet-stream", b""),
            ("sizes", None, "text/plain", b"1"),
            ("sizes", None, "text/plain", b"2"),
        ]
        assert peer.last.header("content-length") == str(len(peer.last.body))
    style.call(client.fields, name="", files=[picture, b"a"])
    assert [part[:2] for part in parts(peer.last)] == [("name", None), ("files", "tim.png"), ("files", "files")]
    boundaries = {each.header("content-type") for each in peer.received}
    assert len(boundaries) == len(peer.received)


@pytest.mark.parametrize(("model", "name"), [(Struct, "Name"), (Schema, "name")])
def test_models_of_other_libraries_are_forms(peer: Peer, model: Any, name: str) -> None:
    class Sends(Client):
        @api.post
        def send(self, data: model = request.Body) -> Response: ...

    Sends.send.__request_function__.__annotations__["data"] = model
    Sends(peer.url).send(data=model(photo=File(b"1", "a")))
    expected = [("photo", "a", "application/octet-stream", b"1"), (name, None, "text/plain", b"n")]
    assert sorted(parts(peer.last)) == sorted(expected)


@pytest.mark.parametrize("bad", ['a"b', "a\r\nX-Other: 1", "a\0b"])
def test_names_do_not_break_out_of_their_line(peer: Peer, bad: str) -> None:
    Client(peer.url).post("x", data={bad: File(b"1", bad), "ü": File(b"2", "ü\udcff.txt")})
    encoded = bad.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A").replace("\0", "%00")
    assert f'name="{encoded}"; filename="{encoded}"'.encode() in peer.last.body
    assert 'name="ü"; filename="ü?.txt"'.encode() in peer.last.body


def test_what_cannot_be_sent_is_refused_before_anything_is(style: Style, peer: Peer, tmp_path: Path) -> None:
    client = style.client(Uploads, peer.url)
    closed = io.BytesIO()
    file = File(closed)
    closed.close()
    os.mkfifo(tmp_path / "fifo")
    for data in (File(tmp_path / "none.png"), File(tmp_path), File(tmp_path / "fifo"), file, File("a\0b")):
        with pytest.raises(ArgumentError):
            style.call(client.whole, data=data)
        with pytest.raises(ArgumentError):
            style.request(client, "POST", "x", data={"a": data})
    for data in ("tim.png", 3, None, File):
        with pytest.raises(ArgumentError, match="'data'"):
            style.call(client.whole, data=data)
    for data in ([File(b"")], {"a": {"b": File(b"")}}, {"a": {"b": File(b"")}, "c": File(b"")}):
        with pytest.raises(ArgumentError):
            style.request(client, "POST", "x", data=data)
    with pytest.raises(ArgumentError):
        style.request(client, "POST", "x", data={"a": File(b"")}, headers={"Content-Type": "application/json"})
    assert peer.received == []


def test_files_are_declared_in_bodies_alone() -> None:
    def query(self: Any, data: File) -> None: ...

    def header(self: Any, data: list[Video] = request.HeaderParam) -> None: ...

    def written(self: Any, data: Photo = request.Json) -> None: ...

    for function in (query, header, written):
        with pytest.raises(DeclarationError, match=r"Wrong\.wrong.*data.*"):
            type("Wrong", (Client,), {"wrong": api.post(function)})("http://127.0.0.1")


class Seen(utype.Schema):
    photo: Optional[Audio] = None  # noqa: UP045


@pytest.mark.parametrize("kind", [File, list[Image], File | None, Photo, Seen])
def test_an_endpoint_that_takes_a_file_is_refused(kind: Any) -> None:
    def endpoint(self: Any, data: Any = request.Body) -> None: ...

    endpoint.__annotations__["data"] = kind
    with pytest.raises(DeclarationError, match="'data' has a File"):
        compile_binding(endpoint, "RootAPI.endpoint", ())
