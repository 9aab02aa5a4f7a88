"""The oracle: an HTTP server on the standard library that answers as a perfect implementation of scenarios/root.py.

A check that fails on it is wrong itself (`conformance.plugin.oracle_control`). It shares no code with scenarios, checks
or implementations, and covers what checks ask of that scenario: ROUTES are its endpoints, `reply` answers a request.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import socketserver
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import unquote_to_bytes

from conformance.target.exchange import Exchange
from conformance.target.service import Respondent


class Refusal(Exception):
    """Ends a request with an error response; its argument is the status code."""


@dataclass
class Request:
    """A request as endpoints read it. `sent` holds parameters by place: path, query, header, cookie, body.

    `pairs` are the query's parameters in order, `errors` what is wrong with parameters: each makes the answer a 400.
    """

    nonce: str
    sent: Mapping[str, Mapping[str, Any] | Message]
    pairs: list[tuple[str, str]]
    errors: list[dict[str, str]] = field(default_factory=list)

    def take(self, place: str, name: str, convert: Callable[[Any], Any], *default: Any) -> Any:
        """The converted parameter, or its default; 0 for one that is missing or does not convert, which is an error."""
        sent = self.sent[place]
        if name not in sent and default:
            return default[0]
        try:
            return convert(sent[name])
        except (KeyError, ValueError):
            self.errors.append({"in": place, "name": name, "reason": "It is missing, or not what it has to be."})
            return 0


def matching(pattern: str, then: Callable[[str], Any] = str) -> Callable[[Any], Any]:
    """A converter of values that match the pattern as a whole; it raises ValueError for any other."""

    def convert(value: Any) -> Any:
        if not re.fullmatch(pattern, str(value)):
            raise ValueError(value)
        return then(str(value))

    return convert


NUMBER = matching("-?[0-9]+", int)
TRUTH = matching("true|false|1|0", lambda text: text in ("true", "1"))


Endpoint = Callable[[Request], Any]

# Path under the root route -> method -> endpoint. The first path that matches is taken: fixed ones before templates.
# `{name}` matches any one segment; a path parameter with a regex of its own is written as one.
ROUTES: dict[str, dict[str, Endpoint]] = {
    "nonce": {"GET": lambda r: r.nonce},
    "whereabouts": {"GET": lambda r: {"nonce": r.nonce, "pid": os.getpid()}},
    "hello": {"GET": lambda r: "world"},
    "item": {
        "GET": lambda r: "all items",
        "POST": lambda r: "post item",
        "PUT": lambda r: "put item",
        "PATCH": lambda r: "patch item",
        "DELETE": lambda r: "delete item",
    },
    "item/first": {"GET": lambda r: {"fixed": "first"}},
    "item/latest": {"GET": lambda r: {"fixed": "latest"}},
    "item/latest/whole": {"GET": lambda r: {"fixed": "latest/whole"}},
    "item/{name}": {"GET": lambda r: {"item": r.take("path", "name", str)}},
    "item/{name}/part/{number}": {
        "GET": lambda r: {"item": r.take("path", "name", str), "number": r.take("path", "number", NUMBER)}
    },
    "branch/twig": {"GET": lambda r: "twig"},
    "branch/deep/leaf": {"GET": lambda r: "leaf"},
    "branch/{name}/leaf": {"GET": lambda r: {"leaf of": r.take("path", "name", str)}},
    "result/text": {"GET": lambda r: "grüße"},
    "result/binary": {"GET": lambda r: b"\x00\xff"},
    "result/mapping": {"GET": lambda r: {"a": {"b": [1]}}},
    "failure/crash": {"GET": lambda r: problem(500, detail=f"crashed with {r.take('query', 'secret', str, '')}")},
    "failure/lookup": {"GET": lambda r: problem(500, detail="no such key")},
    "plus": {"GET": lambda r: r.take("query", "a", NUMBER) + r.take("query", "b", NUMBER)},
    "echo": {"POST": lambda r: r.sent["body"]},
    "path/{number}": {"GET": lambda r: {"number": r.take("path", "number", NUMBER)}},
    "word/{word}": {"GET": lambda r: {"word": r.take("path", "word", str)}},
    "code/(?P<code>[a-z][a-z][a-z])": {"GET": lambda r: {"code": r.take("path", "code", str)}},
    "query": {
        "GET": lambda r: {
            "text": r.take("query", "text", str, "none"),
            "number": r.take("query", "number", NUMBER, None),
            "flag": r.take("query", "flag", TRUTH, False),
        }
    },
    "renamed": {"GET": lambda r: {"value": r.take("query", "as-sent", NUMBER)}},
    "bounded": {
        "GET": lambda r: {
            "page": r.take("query", "page", matching("[1-9]", int)),
            "name": r.take("query", "name", matching(".{0,3}")),
        }
    },
    "many": {"GET": lambda r: {"tag": [value for name, value in r.pairs if name == "tag"]}},
    "header": {"GET": lambda r: {"count": r.take("header", "X-Count", NUMBER)}},
    "cookie": {"GET": lambda r: {"session": r.take("cookie", "session", NUMBER)}},
    "fields": {
        "POST": lambda r: {"name": r.take("body", "name", str), "size": r.take("body", "size", NUMBER, 1)},
    },
}

TITLES = {
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    500: "Internal Server Error",
}


@dataclass(frozen=True)
class Reply:
    """A response of the oracle; one without content type has no content."""

    status: int
    content_type: str | None
    body: bytes
    allow: str | None = None


def problem(status: int, allow: str | None = None, **members: Any) -> Reply:
    """An error response with a problem document (RFC 9457); `members` are added to its status and title."""
    body = {"status": status, "title": TITLES[status], **members}
    return Reply(status, "application/problem+json", json.dumps(body).encode(), allow)


def percent_decode(data: str) -> str:
    """Decode once (ROUTE-4a); raises Refusal(400) for what is not UTF-8 or holds NUL. `data` is bytes, as latin-1."""
    try:
        text = unquote_to_bytes(data.encode("latin-1")).decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(400) from None
    if "\0" in text:
        raise Refusal(400)
    return text


def parse(body: bytes, kind: str) -> Any:
    """A body as an endpoint reads it: the last text of each field of an urlencoded form, else the value of JSON."""
    if kind == "application/x-www-form-urlencoded":
        fields = [field.partition("=") for field in body.decode("latin-1").replace("+", " ").split("&") if field]
        return {percent_decode(name): percent_decode(value) for name, _, value in fields}
    return json.loads(body or b"{}")


def find_endpoints(path: str) -> tuple[Mapping[str, Endpoint], dict[str, str]]:
    """The endpoints by method at a path as it was sent, and the path's parameters; raises Refusal(404) for none."""
    segments = [segment for segment in percent_decode(path).split("/") if segment]
    if segments[:1] == ["api"]:
        del segments[0]
    for template, endpoints in ROUTES.items():
        pattern = re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", template)
        if match := re.fullmatch(pattern, "/".join(segments)):
            return endpoints, match.groupdict()
    raise Refusal(404)


def reply(method: str, target: str, headers: Message, body: bytes, nonce: str) -> Reply:
    """The response to a request; `target` is as it was sent. A response to HEAD has a body, which is not to be sent."""
    path, _, query = target.partition("?")
    try:
        endpoints, parameters = find_endpoints(path)
        allow = ", ".join([*endpoints, *(["HEAD"] if "GET" in endpoints else []), "OPTIONS"])
        if method == "OPTIONS":
            return Reply(204, None, b"", allow)
        endpoint = endpoints.get("GET" if method == "HEAD" else method)
        if endpoint is None:
            return problem(405, allow)
        fields = [field.partition("=") for field in query.replace("+", " ").split("&") if field]
        pairs = [(percent_decode(name), percent_decode(value)) for name, _, value in fields]
        cookies = [cookie.strip().partition("=") for cookie in headers.get("Cookie", "").split(";")]
        sent = {
            "path": parameters,
            "query": dict(pairs),
            "header": headers,
            "cookie": {name: value for name, _, value in cookies},
            "body": parse(body, headers.get_content_type()),
        }
        request = Request(nonce, sent, pairs)
        result = endpoint(request)
    except Refusal as refusal:
        return problem(refusal.args[0])
    if request.errors:
        return problem(400, errors=request.errors)
    if isinstance(result, Reply):
        return result
    if isinstance(result, str):
        return Reply(200, "text/plain; charset=utf-8", result.encode())
    if isinstance(result, bytes):
        return Reply(200, "application/octet-stream", result)
    return Reply(200, "application/json", json.dumps(result).encode())


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        answer = reply(self.command, self.path, self.headers, body, self.server.nonce)
        self.send_response(answer.status)
        if answer.allow is not None:
            self.send_header("Allow", answer.allow)
        if answer.content_type is not None:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_GET = do_HEAD = do_OPTIONS = do_POST = do_PUT = do_PATCH = do_DELETE = _answer

    def log_message(self, format: str, *arguments: Any) -> None:
        """Write no access log."""


class _Server(socketserver.ThreadingTCPServer):
    """A threading HTTP server that, unlike HTTPServer, does not look its address up in DNS."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64
    nonce = ""


class Oracle(Respondent):
    """The oracle on a thread of this process, until `close`; a check is given it as `root`.

    `exchanges` are the requests it was sent with its responses.
    """

    def __init__(self, host: str) -> None:
        self._server = _Server((host, 0), _Handler)
        self._server.nonce = secrets.token_hex(8)
        self.pid = os.getpid()
        self.exchanges: list[Exchange] = []
        super().__init__((host, self._server.server_address[1]), self._server.nonce, self.exchanges.append)
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.05], name="oracle", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop the server and its thread."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
