"""Bodies that the application's own middleware reads before the API does."""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import sys
from collections.abc import MutableMapping
from typing import Any

import pytest

from utilmeta.core.request.servers.recorded_body import RecordedInput, RecordedReceive, record
from utilmeta.utils.exceptions import RequestEntityTooLarge


def test_every_way_to_read_a_stream_is_kept() -> None:
    stream = RecordedInput({"wsgi.input": io.BytesIO(b"ab\ncd\nef\ngh\nij")}, 100)
    assert (stream.read(1), stream.readline(), next(iter(stream))) == (b"a", b"b\n", b"cd\n")
    assert (stream.readlines(1), stream.read()) == ([b"ef\n"], b"gh\nij")
    assert stream.content() == b"ab\ncd\nef\ngh\nij"


def test_what_is_past_the_limit_is_not_kept() -> None:
    stream = RecordedInput({"wsgi.input": io.BytesIO(b"abcd")}, 3)
    assert (stream.read(3), stream.content()) == (b"abc", b"abc")
    assert (stream.read(), stream.chunks) == (b"d", [])
    with pytest.raises(RequestEntityTooLarge):
        stream.content()


def test_a_request_without_a_body_is_left_alone_and_one_is_recorded_once() -> None:
    stream = io.BytesIO()
    environ: dict[str, Any] = {"wsgi.input": stream, "CONTENT_LENGTH": ""}
    record(environ, 3)
    assert environ["wsgi.input"] is stream
    environ["CONTENT_LENGTH"] = "3"
    for _ in range(2):
        record(environ, 3)
    assert environ["wsgi.input"].stream is stream


def received(*chunks: bytes) -> RecordedReceive:
    messages: list[MutableMapping[str, Any]] = [
        {"type": "http.request", "body": chunk, "more_body": chunk != chunks[-1]} for chunk in chunks
    ]

    async def receive() -> MutableMapping[str, Any]:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    return RecordedReceive(receive, 4)


def test_after_its_end_a_body_is_received_once_more() -> None:
    async def ask() -> list[Any]:
        receive = received(b"ab", b"cd")
        return [await receive() for _ in range(4)]

    *parts, again, after = asyncio.run(ask())
    assert [part["body"] for part in parts] == [b"ab", b"cd"]
    assert again == {"type": "http.request", "body": b"abcd", "more_body": False}
    assert after["type"] == "http.disconnect"


@pytest.mark.parametrize(("passed_on", "body"), [(b"", b"abcd"), (b"cd", b"abcd"), (b"xyzuv", b"xyzuv"), (b"x", b"x")])
def test_the_rest_of_a_body_is_completed_and_another_body_is_not(passed_on: bytes, body: bytes) -> None:
    async def ask() -> RecordedReceive:
        receive = received(b"ab", b"cd")
        await receive()
        await receive()
        return receive

    assert asyncio.run(ask()).whole(passed_on) == body


PROGRAM = """
import asyncio, json, sys
from django.conf import settings
settings.configure(ROOT_URLCONF="__main__", ALLOWED_HOSTS=["*"], SECRET_KEY="a", MIDDLEWARE=["__main__.middleware"])
import django
django.setup()
from utilmeta import UtilMeta
from utilmeta.core import api

mode, read = sys.argv[1] == "async", sys.argv[2]

class Root(api.API):
    @api.post
    def told(self):
        return {"body": self.request.body.decode()}

def middleware(get_response):
    def answer(request):
        eval(read)
        return get_response(request)
    return answer

service = UtilMeta("__main__", backend="django", asynchronous=mode, api=Root, route="/api")
urlpatterns = [service.adapt(django)]
from django.test import AsyncClient, Client
body = (
    '--b\\r\\nContent-Disposition: form-data; name="a%22 \\u00fc"\\r\\n\\r\\n1\\r\\n'
    '--b\\r\\nContent-Disposition: form-data; name="f"; filename="%22.txt"\\r\\n'
    'Content-Type: text/x-a\\r\\n\\r\\n2\\r\\n'
    '--b--\\r\\n'
)
kind = "multipart/form-data; boundary=b"
answers = [
    Client().generic("POST", "/api/told", body, kind),
    asyncio.run(AsyncClient().generic("POST", "/api/told", body, kind)),
]
print(json.dumps([[answer.status_code, answer.json()] for answer in answers] + [body]))
"""


def asked(mode: str, read: str) -> tuple[Any, str]:
    done = subprocess.run([sys.executable, "-c", PROGRAM, mode, read], capture_output=True, text=True, timeout=30)
    return json.loads(done.stdout.splitlines()[-1]), done.stderr


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_a_form_that_django_has_parsed_is_made_anew(mode: str) -> None:
    (*answers, body), log = asked(mode, "request.POST")
    assert answers == [[200, {"body": body}]] * 2, log


@pytest.mark.parametrize(
    "read", ["request.read(5)", "(request.read(5), request.POST)", "request._mark_post_parse_error()"]
)
def test_what_cannot_be_made_anew_is_a_500_that_says_so(read: str) -> None:
    (first, *_), log = asked("sync", f"({read}, request.read(1))")
    assert first[0] == 500
    assert "have it use request.body" in log
