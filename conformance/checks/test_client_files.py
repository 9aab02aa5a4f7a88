"""CLIENT: files that clients send, as bodies and in forms."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from conformance.checks.client_probe import Call, Clients, Told, answered, call, media_type, raised
from conformance.checks.form_parts import Part, parts
from conformance.checks.random_values import word
from conformance.contract.check import must
from conformance.services.peer import by_path
from conformance.services.peer_replies import redirect, reply

SCENARIO = "client_files"
TIMEOUT = 0.4  # seconds, of calls to peers that take much longer
MUCH = 3.0  # seconds that such a call takes at most, on a busy machine
LARGE = 32 << 20  # bytes, more than sockets take from a client before the peer reads


def file(**said: Any) -> dict[str, Any]:
    """A File for a client: see `file_of` of the scenarios."""
    return {"$file": said}


def sending(clients: Clients, base: str, *calls: Call, **options: Any) -> Told:
    """What came of the calls of a client."""
    return clients.called(SCENARIO, "files", base, *calls, **options)


@pytest.fixture
def local(tmp_path: Path) -> Path:
    """A local file with a random name and content, of several lines."""
    path = tmp_path / f"{word()}.png"
    path.write_bytes(f"{word()}\r\n--\n\0{word()}".encode())
    return path


@must("CLIENT-g26", kills=("client_files_sent_as_forms", "client_files_sent_empty"))
def test_a_file_is_the_body(clients: Clients, local: Path) -> None:
    text = word()
    sources = (file(path=str(local)), file(open=str(local)), file(bytes=text), file(bytes=""))
    with clients.peer() as server:
        told = sending(clients, server.origin, *(call("whole", data=source) for source in sources))
    assert [answered(facts)["status"] for facts in told.facts] == [200] * len(sources)
    assert [request.body for request in server.requests] == [
        local.read_bytes(),
        local.read_bytes(),
        text.encode(),
        b"",
    ]


def form(clients: Clients, *calls: Call, client: str = "files") -> list[list[Part]]:
    """The parts of the form that each call sends."""
    with clients.peer() as server:
        told = clients.called(SCENARIO, client, server.origin, *calls)
    assert [answered(facts)["status"] for facts in told.facts] == [200] * len(calls)
    return [parts(request) for request in server.requests]


@must("CLIENT-g26", kills=("client_forms_with_files_are_urlencoded", "client_fields_beside_files_left_out"))
def test_a_schema_with_a_file_is_a_form(clients: Clients, local: Path) -> None:
    name = word()
    calls = [call("upload", data={"name": given, "photo": file(path=str(local))}) for given in (name, "")]
    for sent, given in zip(form(clients, *calls, client="schema"), (name, ""), strict=True):
        contents = {part.name: part.content for part in sent}
        assert contents == {"name": given.encode(), "photo": local.read_bytes()}


@must("CLIENT-g27", kills=("client_filenames_ignored", "client_local_names_ignored"))
def test_a_file_is_named_by_its_filename_or_the_local_file(clients: Clients, local: Path) -> None:
    own = f"{word()}.txt"
    photos = (
        file(path=str(local), filename=own),
        file(open=str(local), filename=own),
        file(bytes="", filename=own),
        file(path=str(local)),
        file(open=str(local)),
    )
    sent = form(clients, *(call("fields", name="", photo=photo) for photo in photos))
    assert [[part.filename for part in each if part.name == "photo"] for each in sent] == [
        [own],
        [own],
        [own],
        [local.name],
        [local.name],
    ]


@must("CLIENT-13a", kills=("client_content_type_of_a_file_ignored", "client_content_types_of_names_not_guessed"))
def test_the_content_type_of_a_file_is_its_own_or_that_of_its_name(clients: Clients, local: Path) -> None:
    path, unknown = str(local), "application/octet-stream"
    sources = {
        "image/webp": file(path=path, content_type="image/webp"),
        "text/csv": file(path=path, filename="a.json", content_type="text/csv"),
        "application/json": file(path=path, filename="a.json"),
        "image/png": file(open=path),
        unknown: file(bytes=word()),
    }
    with clients.peer() as server:
        sending(clients, server.origin, *(call("whole", data=source) for source in sources.values()))
        sending(clients, server.origin, *(call("fields", name="", photo=source) for source in sources.values()))
    whole, fields = server.requests[: len(sources)], server.requests[len(sources) :]
    assert [media_type(request) for request in whole] == list(sources)
    assert [part.media_type for request in fields for part in parts(request) if part.filename] == list(sources)


@must("CLIENT-13b", kills=("client_first_file_of_a_list_alone", "client_lists_beside_files_are_json"))
def test_a_form_has_each_file_and_the_texts_of_other_values(clients: Clients, local: Path) -> None:
    name, texts = f'{word()} \u00e4&="\r\n', (word(), word())
    more = [file(bytes=text, filename=text) for text in texts]
    arguments: dict[str, Any] = {"name": name, "photo": file(path=str(local)), "more": more, "sizes": [2, 0]}
    (sent,) = form(clients, call("fields", **arguments))
    assert sorted((part.name, part.content) for part in sent) == sorted(
        [
            ("name", name.encode()),
            ("photo", local.read_bytes()),
            *(("more", text.encode()) for text in texts),
            ("sizes", b"2"),
            ("sizes", b"0"),
        ]
    )


@must("CLIENT-13b", kills=("client_names_in_forms_not_encoded", "client_filenames_with_folders"))
def test_no_name_ends_its_line_or_has_folders(clients: Clients) -> None:
    text = word()
    bad = (f'{text}"; x="', f"{text}\r\nX-{text}: 1", f"{text}\n", f"{text}\r\n\r\n{text}")
    folders = (f"../../{text}", f"/etc/{text}", f"{text}/{text}")
    data = {"plain": text, **{name: file(bytes=text, filename=name) for name in bad}}
    calls = [call("post", "a", data=data)]
    calls += [call("post", "b", data={"name": file(bytes=text, filename=name)}) for name in folders]
    first, *others = form(clients, *calls)
    assert [part.content for part in first] == [text.encode()] * (len(bad) + 1)
    lines = {line for part in first for line in part.lines}
    assert lines - {"content-disposition", "content-type"} == set()
    assert [part.filename for each in others for part in each] == [text] * len(folders)


@must("CLIENT-13c", kills=("client_files_sent_empty_again", "client_files_not_begun_again"))
def test_a_redirect_sends_files_again(clients: Clients, local: Path) -> None:
    text, path = word(), str(local)
    sources = (file(path=path), file(open=path), file(bytes=text))
    calls = [each for source in sources for each in (call("whole", data=source), call("fields", name="", photo=source))]
    away = {"/whole": redirect("/landed", 307), "/fields": redirect("/landed", 308)}
    with clients.peer(by_path(away, reply({}))) as server:
        told = sending(clients, server.origin, *calls, allow_redirects=True)
        pipe = file(pipe=text)
        once = sending(clients, server.origin, call("whole", data=pipe), allow_redirects=True)
    assert [answered(facts)["status"] for facts in told.facts] == [200] * len(calls)
    whole = local.read_bytes()
    bodies = [bytes(request.body) for request in server.at("/landed")]
    assert bodies[::2] == [whole, whole, text.encode()]
    assert [part.content for request in server.at("/landed")[1::2] for part in parts(request) if part.filename] == [
        whole,
        whole,
        text.encode(),
    ]
    assert len(bodies) == len(calls)
    assert answered(once.facts[0])["status"] == 503
    assert server.requests[-1].body == text.encode()


@must("CLIENT-13d", kills=("client_files_of_callers_closed", "client_missing_files_found_while_sending"))
def test_a_file_of_the_caller_stays_open_and_a_missing_one_is_an_error(clients: Clients, local: Path) -> None:
    missing = file(path=str(local.with_name(word())))
    calls = [call("own"), call("whole", data=missing), call("fields", name="", photo=missing)]
    with clients.peer() as server:
        told = sending(clients, server.origin, *calls, settings={"path": str(local)})
    assert told.journal == [False]
    assert answered(told.facts[0])["status"] == 200
    for facts in told.facts[1:]:
        assert "builtins.Exception" in raised(facts)["types"]
    assert [(request.path, request.body) for request in server.requests] == [("/own", local.read_bytes())]


def late(facts: Sequence[Any]) -> list[bool]:
    """Whether each call took little, and is a timeout."""
    return [
        each["seconds"] < MUCH and "builtins.TimeoutError" in ((answered(each)["error"] or {}).get("types", ()))
        for each in facts
    ]


@must("CLIENT-13e", kills=("client_files_waited_for", "client_sending_without_a_timeout"))
def test_a_slow_file_and_a_server_that_does_not_read_are_timeouts(clients: Clients, tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as made:
        made.truncate(LARGE)
    sources = (file(pipe=word(), nothing=True), file(path=str(large)))
    with socket.create_server((clients.target.host, 0)) as deaf:
        base = f"http://{clients.target.host}:{deaf.getsockname()[1]}"
        calls = [call("whole", data=source) for source in sources]
        told = sending(clients, base, *calls, at_once=True, default_timeout=TIMEOUT)
    assert late(told.facts) == [True, True]
