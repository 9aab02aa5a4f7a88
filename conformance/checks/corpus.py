"""Requests with their normative answers, as data: what BACKEND-7 compares on every variant.

The scenario backend_corpus.py has the endpoints. `{word}`, in what is sent and in what is expected, is a random word of
each run. An answer has these headers, in their order where a name repeats, and no others of PROMISED and OF_FRAMEWORKS;
Content-Length is the length of its body and not written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

# Headers that BACKEND-7 names.
PROMISED = frozenset({"allow", "content-length", "content-type", "location", "set-cookie"})
# Headers that frameworks add to answers by themselves; any other one may be the implementation's or the server's.
OF_FRAMEWORKS = frozenset({"accept-ranges", "content-encoding", "content-language", "etag", "last-modified", "vary"})

TEXT = "text/plain; charset=utf-8"
BINARY = "application/octet-stream"
JSON = "application/json"
PROBLEM = "application/problem+json"
ALLOW = "GET, HEAD, OPTIONS"

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Case:
    """A request and its normative answer.

    `request` is method and target, `sent` its headers, `content` its body. `body` is the answer's: text and bytes are
    compared byte for byte; JSON, any other value, as the value it stands for; that of a problem is not compared.
    `content_type` None means that the answer has no body. `headers` are those beside Content-Type and Content-Length.
    """

    request: str
    status: int
    content_type: str | None
    body: Any
    headers: Headers = ()
    sent: Headers = ()
    content: bytes | None = None


def text(request: str, body: str, status: int = 200, headers: Headers = (), sent: Headers = ()) -> Case:
    """A request that is answered with a text."""
    return Case(request, status, TEXT, body.encode(), headers, sent)


def value(request: str, body: Any, sent: Headers = (), content: bytes | None = None) -> Case:
    """A request that is answered 200 with a value as JSON."""
    return Case(request, 200, JSON, body, (), sent, content)


def problem(
    request: str,
    status: int,
    headers: Headers = (),
    sent: Headers = (),
    content: bytes | None = None,
) -> Case:
    """Make the case of a request that is answered with an error, whose body and media type are not compared (ERROR-2).
    `headers` are those of the answer, `sent` those of the request."""
    return Case(request, status, PROBLEM, None, headers, sent, content)


def nothing(request: str, status: int, headers: Headers = (), sent: Headers = ()) -> Case:
    """A request that is answered without a body."""
    return Case(request, status, None, b"", headers, sent)


def query(sent: str, found: str = "none", tag: tuple[str, ...] = ()) -> Case:
    """A request for the endpoint that tells its query parameters `text` and `tag`."""
    return value(f"GET /api/query?{sent}", {"text": found, "tag": list(tag)})


OF_JSON: Headers = (("Content-Type", JSON),)

RESULTS = (
    text("GET /api/word/{word}", "{word}"),
    text("GET /api/fixed/word", "fixed"),
    text("GET /api/empty", ""),
    text("GET /api/word/gr%C3%BC%C3%9Fe-{word}", "grüße-{word}"),
    Case("GET /api/binary/{word}", 200, BINARY, b"\x00\xff{word}"),
    Case("GET /api/typed/{word}", 200, "text/html", b"{word}"),
    value("GET /api/mapping/{word}", {"word": "{word}", "é": [1, None, True, "</script>"]}),
    text("GET /api/long/{word}", "{word}" * 20000),
)

PATHS = (
    *(
        text(f"GET {path}", "{word}")
        for path in (
            "/api/word/{word}/",
            "//api/word/{word}",
            "/api//word/{word}",
            "/api/word//{word}//",
            "/api%2Fword/{word}",
            "/%61pi/w%6Frd/{word}",
            "/word/{word}",
            "/api/word/{word}?",
            "/api/word/{word}?unknown=1&&=",
        )
    ),
    *(
        text(f"GET /api/word/{{word}}{sent}", f"{{word}}{meant}")
        for sent, meant in (
            ("+", "+"),
            ("%2B", "+"),
            ("%20", " "),
            ("%25", "%"),
            ("%2541", "%41"),
            ("%C3%A9", "é"),
            ("%F0%9F%90%98", "🐘"),
            ("%3F%23", "?#"),
            (";a=b,c", ";a=b,c"),
            ("..", ".."),
            ("%2E%2E", ".."),
            ("%0D%0AX-Split:%201", "\r\nX-Split: 1"),
            ("%7Btemplate%7D", "{template}"),
            ("%3Cb%3E&amp;", "<b>&amp;"),
            (".html", ".html"),
            ("x" * 3000, "x" * 3000),
        )
    ),
    text("GET /api/word/..", ".."),
    text("GET /api/word/%2e", "."),
    *(
        problem(f"GET {path}", 404)
        for path in (
            "/api/word",
            "/api/word/",
            "/api/word/a%2F{word}",
            "/api/word/../fixed/word",
            "/api/%2e%2e/api/fixed/word",
            "/api/WORD/{word}",
            "/API/{word}",
            "/api/{word}",
            "/{word}",
            "/",
            "/api",
            "/favicon.ico",
            "/static/{word}",
            "/docs",
            "/redoc",
            "/openapi.json",
        )
    ),
    *(problem(f"GET /api/word/{sent}", 400) for sent in ("%00", "{word}%00", "%FF", "%C3", "%C0%AF", "%ED%A0%80")),
)

QUERIES = (
    query(""),
    query("text={word}", "{word}"),
    query("text={word}+{word}%20%2B", "{word} {word} +"),
    query("text=%E2%82%AC%F0%9F%90%98", "€🐘"),
    query("text=a=b=%26%3D", "a=b=&="),
    query("text=a?b/c:d@e", "a?b/c:d@e"),
    query("text=%2525", "%25"),
    query("%74ext={word}", "{word}"),
    query("&&text={word}&", "{word}"),
    query("text=a;text=b", "a;text=b"),
    query("tag={word}&tag=&tag={word}", tag=("{word}", "", "{word}")),
    query("tag=2&text={word}&tag=1", "{word}", ("2", "1")),
    query("tag=a%2Cb,c", tag=("a,b,c",)),
    query("text=" + "x" * 3000, "x" * 3000),
    *(problem(f"GET /api/query?text={sent}", 400) for sent in ("%00", "%FF", "{word}%C3", "%ED%A0%80")),
    problem("GET /api/query?%FF={word}", 400),
)

BODIES = (
    value("POST /api/echo", {"a": "{word}"}, OF_JSON, b'{"a":"{word}"}'),
    value("POST /api/echo", {"é": "\u2028</é>"}, OF_JSON, '{"é":"\u2028</é>"}'.encode()),
    value("POST /api/echo", {"é": "🐘\x00"}, OF_JSON, b'{"\\u00e9":"\\ud83d\\udc18\\u0000"}'),
    value("POST /api/echo", {}, OF_JSON, b" {\r\n}\t"),
    value(
        "POST /api/echo",
        {"n": [0, -1, 1.5, 1e300, 12345678901234567890]},
        OF_JSON,
        b'{"n":[0,-1,1.5,1e300,12345678901234567890]}',
    ),
    value("POST /api/echo", {"a": 1}, (("Content-Type", "application/json; charset=utf-8"),), b'{"a":1}'),
    value("POST /api/echo", {"a": 1}, (("Content-Type", "Application/JSON;charset=UTF-8"),), b'{"a":1}'),
    value("POST /api/echo/?{word}", {"a": "x" * 100000}, OF_JSON, b'{"a":"' + b"x" * 100000 + b'"}'),
    *(
        problem("POST /api/echo", 400, sent=OF_JSON, content=content)
        for content in (b"{", b'{"a":1}}', b"{'a':1}", b'{"a":"\xff"}', b'{"a":"\xed\xa0\x80"}', b"a=1&b=2", b"\x00")
    ),
)

REFUSALS = (
    problem("DELETE /api/word/{word}", 405, headers=(("Allow", ALLOW),)),
    problem("POST /api/fixed/word", 405, headers=(("Allow", ALLOW),), sent=OF_JSON, content=b'{"a":1}'),
    problem("GET /api/echo", 405, headers=(("Allow", "OPTIONS, POST"),)),
    problem("PUT /api/echo", 405, headers=(("Allow", "OPTIONS, POST"),), sent=OF_JSON, content=b"{"),
    problem("PATCH /api/{word}", 404),
    problem("DELETE /", 404),
    problem("OPTIONS /api/{word}", 404),
    problem("GET /api/number/{word}", 400),
    problem("GET /api/crash/{word}", 500),
    nothing("OPTIONS /api/word/{word}", 204, (("Allow", ALLOW),)),
    nothing("OPTIONS /api/fixed/word", 204, (("Allow", ALLOW),)),
    nothing("OPTIONS /api/echo", 204, (("Allow", "OPTIONS, POST"),)),
)

HEADERS: Headers = (
    ("ETag", '"{word}"'),
    ("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT"),
    ("Cache-Control", "public, max-age=60"),
    ("Vary", "Accept-Language"),
    ("Content-Language", "de"),
    ("Content-Disposition", "attachment; filename=\"{word}.txt\"; filename*=UTF-8''gr%C3%BC%C3%9Fe"),
    ("X-Own", "{word}"),
    ("X-Latin", "gr\xfc\xdfe"),
    ("X-Empty", ""),
    ("X-Long", "{word}" * 200),
    ("Link", "</{word}/1>; rel=prev"),
    ("Link", "</{word}/3>; rel=next"),
)
COOKIES: Headers = (
    ("Set-Cookie", "one={word}; Path=/; HttpOnly"),
    ("Set-Cookie", "two=2; Expires=Wed, 21 Oct 2037 07:28:00 GMT"),
    ("Set-Cookie", "one={word}2; Path=/api; SameSite=Lax"),
    ("Set-Cookie", 'three="a b"'),
)
LOCATIONS = {
    "path": "/else/{word}?a=b&c=%C3%A9#d",
    "relative": "../{word}",
    "absolute": "https://example.com/{word}",
    "other": "//example.com:81/{word}",
    "odd": "/else/{word};a=(b),c@d!*'~",
}

SET = (
    text("GET /api/headers/{word}", "{word}", headers=HEADERS),
    text("POST /api/cookies/{word}", "{word}", headers=COOKIES),
    *(
        text(f"GET /api/location/{status}/{form}/{{word}}", "{word}", status, (("Location", location),))
        for status, form, location in (
            *((302, form, location) for form, location in LOCATIONS.items()),
            *((status, "path", LOCATIONS["path"]) for status in (200, 201, 301, 303, 307, 308)),
        )
    ),
    *(
        text(f"GET /api/status/{status}/{{word}}", "{word}", status)
        for status in (201, 202, 206, 299, 400, 401, 403, 404, 405, 410, 412, 416, 418, 422, 429, 451, 500, 503, 599)
    ),
    *(
        nothing(f"GET /api/without/{status}/{{word}}", status, (("ETag", '"{word}"'), ("X-Own", "{word}")))
        for status in (204, 304)
    ),
)

# Headers that must change nothing in the answer of an endpoint which does not ask for them.
INDIFFERENT: Mapping[str, Headers] = {
    "If-None-Match, the tag": (("If-None-Match", '"{word}"'),),
    "If-None-Match, weak": (("If-None-Match", 'W/"{word}"'),),
    "If-None-Match, any": (("If-None-Match", "*"),),
    "If-Modified-Since": (("If-Modified-Since", "Wed, 21 Oct 2037 07:28:00 GMT"),),
    "If-Match, another": (("If-Match", '"another"'),),
    "If-Unmodified-Since": (("If-Unmodified-Since", "Wed, 21 Oct 2005 07:28:00 GMT"),),
    "Range": (("Range", "bytes=0-3"),),
    "Range, unsatisfiable": (("Range", "bytes=900-"),),
    "If-Range": (("Range", "bytes=0-3"), ("If-Range", '"{word}"')),
    "Accept-Encoding": (("Accept-Encoding", "gzip, br, deflate, zstd"),),
    "Accept, HTML": (("Accept", "text/html"),),
    "Accept, none": (("Accept", "*/*;q=0"),),
    "Accept, no media type": (("Accept", ";;,=,"),),
    "Accept-Charset": (("Accept-Charset", "utf-16"),),
    "Accept-Language": (("Accept-Language", "x-{word}"),),
    "Origin": (("Origin", "https://{word}.example"),),
    "Cookie, broken": (("Cookie", 'a=b; ;;=;"; \xff; c'),),
    "Cookie, of a session": (("Cookie", "sessionid={word}; session={word}; csrftoken={word}"),),
    "Cookie, twice": (("Cookie", "a=1"), ("Cookie", "b=2")),
    "Authorization": (("Authorization", "Basic {word}"),),
    "X-HTTP-Method-Override": (("X-HTTP-Method-Override", "DELETE"),),
    "forwarded": (
        ("X-Forwarded-Host", "{word}.example"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Prefix", "/{word}"),
        ("Forwarded", "host={word}.example;proto=https"),
    ),
    "X-Script-Name": (("X-Script-Name", "/api"), ("Script-Name", "/api")),
    "Content-Type without content": (("Content-Type", "multipart/form-data"),),
    "X-Requested-With": (("X-Requested-With", "XMLHttpRequest"),),
    "not ASCII": (("X-Latin", "gr\xfc\xdfe"),),
    "empty": (("X-Empty", ""), ("User-Agent", "")),
    "Host, another": (("Host", "{word}.example:81"),),
    "Host, upper case": (("Host", "EXAMPLE.com"),),
    "Host, underscore": (("Host", "a_{word}.example"),),
    "Host, IPv6": (("Host", "[::1]:8000"),),
}

GROUPS: Mapping[str, tuple[Case, ...]] = {
    "results": RESULTS,
    "paths": PATHS,
    "queries": QUERIES,
    "bodies": BODIES,
    "refusals": REFUSALS,
    "set by the endpoint": SET,
    "indifferent": tuple(
        text("GET /api/headers/{word}", "{word}", headers=HEADERS, sent=sent) for sent in INDIFFERENT.values()
    ),
    "indifferent to errors": tuple(problem("GET /api/{word}", 404, sent=sent) for sent in INDIFFERENT.values()),
}


def filled(case: Any, word: str) -> Any:
    """Replace `{word}` by the random word, in a case or whatever is part of one."""
    if isinstance(case, str):
        return case.replace("{word}", word)
    if isinstance(case, bytes):
        return case.replace(b"{word}", word.encode())
    if isinstance(case, (tuple, list)):
        return type(case)(filled(entry, word) for entry in case)
    if isinstance(case, dict):
        return {filled(key, word): filled(entry, word) for key, entry in case.items()}
    if isinstance(case, Case):
        return replace(case, **{name: filled(entry, word) for name, entry in vars(case).items()})
    return case
