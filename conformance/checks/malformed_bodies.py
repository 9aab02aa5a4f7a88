"""Malformed request bodies, as data: what is sent, and the status of the answer and the words that it tells.

An endpoint needs nothing but to take bodies of that kind (`takes`), so any scenario can be sent them: each is malformed
before a field is looked for. `{word}`, in content and words alike, is a random word of each run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from conformance.target.exchange import request_bytes

JSON = "application/json"
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=limit"
TEXT = "text/plain"

DEPTH = 200  # arrays and objects that a value may be within
DIGITS = 4300  # of a whole number
FIELDS = 1000  # of a form


class Takes(Enum):
    """Kind of body that an endpoint has to take, for the body to be malformed rather than of another type."""

    JSON = "JSON"
    FORM = "forms"
    TEXT = "text/plain"


@dataclass(frozen=True)
class Malformed:
    """A malformed body with its content type; the answer has `status`, and each of `words` in its body."""

    name: str
    takes: Takes
    content_type: str
    body: bytes
    status: int = 400
    words: tuple[str, ...] = ()

    def filled(self, word: str) -> Malformed:
        """A copy with the random word in place of `{word}`."""
        return replace(
            self,
            body=self.body.replace(b"{word}", word.encode()),
            words=tuple(each.replace("{word}", word) for each in self.words),
        )

    def sent_to(self, path: str, host: str = "localhost") -> bytes:
        """The whole request, as bytes."""
        return request_bytes("POST", path, host, [("Content-Type", self.content_type)], self.body)


def json(name: str, body: bytes, *words: str) -> Malformed:
    """A body that is no JSON, or breaks a limit of JSON bodies; `words` are told."""
    return Malformed(name, Takes.JSON, JSON, body, words=words)


def urlencoded(name: str, body: bytes, *words: str, status: int = 400, content_type: str = URLENCODED) -> Malformed:
    """A malformed URL-encoded form; `words` are told."""
    return Malformed(name, Takes.FORM, content_type, body, status, words)


def multipart(name: str, body: bytes, *words: str, status: int = 400, content_type: str = MULTIPART) -> Malformed:
    """A malformed multipart form; `words` are told."""
    return Malformed(name, Takes.FORM, content_type, body, status, words)


def text(name: str, charset: str, body: bytes) -> Malformed:
    """A text whose bytes are not of its charset; the charset is told."""
    return Malformed(name, Takes.TEXT, f"{TEXT}; charset={charset}", body, words=(charset,))


def nested(depth: int) -> bytes:
    """JSON whose one number is within `depth` arrays and objects, the outermost counted."""
    return b'{"a":' + b"[" * (depth - 1) + b"1" + b"]" * (depth - 1) + b"}"


def part(head: bytes, content: bytes = b"{word}") -> bytes:
    """A part of a multipart form, with its delimiter."""
    return b"--limit\r\nContent-Disposition: form-data" + head + b"\r\n\r\n" + content + b"\r\n"


NAMED = b'; name="{word}"'
END = b"--limit--\r\n"

JSONS = (
    json("truncated in an object", b'{"{word}": 1'),
    json("truncated in a text", b'{"name": "{word}'),
    json("truncated in an escape", b'{"name": "\\u00'),
    json("blank", b" \n"),
    json("two values", b'{"{word}": 1} {"{word}": 1}'),
    json("not UTF-8", b'{"name": "{word}\xff"}'),
    json("a surrogate in UTF-8", b'{"name": "{word}\xed\xa0\x80"}'),
    json("an overlong form in UTF-8", b'{"name": "{word}\xc0\xaf"}'),
    json("UTF-16", '{"name": "w"}'.encode("utf-16")),
    json("a byte order mark", b'\xef\xbb\xbf{"name": "{word}"}'),
    json("a lone surrogate first", b'{"name": "\\ud800{word}"}'),
    json("a lone surrogate last", b'{"name": "{word}\\udc00"}'),
    json("NUL in a text", b'{"name": "{word}\x00"}'),
    json("NUL after the value", b'{"name": "{word}"}\x00'),
    json("a control character in a text", b'{"name": "{word}\x1f"}'),
    json("NaN", b'{"{word}": NaN}'),
    json("Infinity", b'{"{word}": [-Infinity]}'),
    json("one name twice", b'{"{word}": 1, "{word}": 2}', "{word}"),
    json("one name twice, deep", b'{"a": [{"{word}": 1, "b": 2, "{word}": 1}]}', "{word}"),
    json("one name twice, escaped once", b'{"\\u0061{word}": 1, "a{word}": 2}', "a{word}"),
    json("too deep by one", nested(DEPTH + 1)),
    json("too deep by far", nested(15_000)),
    json("deep and open", b'{"a":' + b"[" * 15_000),
    json("deep in objects", b'{"a":' * 15_000),
    json("a number of one digit too many", b'{"{word}": ' + b"1" * (DIGITS + 1) + b"}"),
    json("a number of a hundred thousand digits", b'{"{word}": -' + b"9" * 100_000 + b"}"),
    json("a number past all doubles", b'{"{word}": [1e400]}'),
    json("a number far past all doubles", b'{"{word}": -1E+' + b"9" * 5000 + b"}"),
    json("a number past all doubles without exponent", b'{"{word}": ' + b"9" * 400 + b".5}"),
    json("a number that begins with 0", b'{"{word}": 01}'),
)

FORMS = (
    urlencoded("an escape of one digit", b"{word}=%4", "{word}"),
    urlencoded("an escape of no digits", b"{word}=1%zz", "{word}"),
    urlencoded("a percent sign alone", b"{word}=100%", "{word}"),
    urlencoded("an escape in a name", b"%g1{word}=1"),
    urlencoded("not UTF-8", b"{word}=%FF", "{word}"),
    urlencoded("raw bytes that are not UTF-8", b"{word}=\xff", "{word}"),
    urlencoded("a surrogate in UTF-8", b"{word}=%ED%A0%80", "{word}"),
    urlencoded("NUL", b"name=1&{word}=%00", "{word}"),
    urlencoded("NUL in a name", b"%00{word}=1"),
    urlencoded("an unknown charset", b"{word}=1", "x-none", content_type=f"{URLENCODED}; charset=x-none"),
    urlencoded("one field too many", b"&".join([b"{word}=1"] * (FIELDS + 1)), status=413),
    urlencoded("a hundred thousand fields", b"a&" * 100_000, status=413),
    multipart("no boundary", part(NAMED) + END, content_type="multipart/form-data"),
    multipart("an empty boundary", part(NAMED) + END, content_type='multipart/form-data; boundary=""'),
    multipart("a boundary too long", part(NAMED) + END, content_type=f"multipart/form-data; boundary={'l' * 71}"),
    multipart("another boundary", part(NAMED) + END, content_type="multipart/form-data; boundary=other"),
    multipart("a part without a name", part(b"") + END),
    multipart("a part that is none of a form", b'--limit\r\nContent-Disposition: x; name="a"\r\n\r\n1\r\n' + END),
    multipart("a part without a disposition", b"--limit\r\nContent-Type: text/plain\r\n\r\n1\r\n" + END),
    multipart("no delimiter at all", b"{word}"),
    multipart("no end", part(NAMED)),
    multipart("an end within a part", part(NAMED)[:-10]),
    multipart("an end within a head", b"--limit\r\nContent-Disposition: form-data; na"),
    multipart("bare line feeds", (part(NAMED) + END).replace(b"\r\n", b"\n")),
    multipart("a head without a colon", b"--limit\r\n{word}\r\n\r\n1\r\n" + END),
    multipart("a head that is not UTF-8", part(b'; name="\xff"') + END),
    multipart("not UTF-8", part(NAMED, b"\xff") + END, "{word}"),
    multipart("NUL", part(NAMED, b"\x00") + END, "{word}"),
    multipart(
        "an unknown charset of a part", part(NAMED + b"\r\nContent-Type: text/plain; charset=x-none") + END, "x-none"
    ),
    multipart("one part too many", part(NAMED, b"1") * (FIELDS + 1) + END, status=413),
)

TEXTS = (
    text("an unknown charset", "x-none", b"{word}"),
    text("a codec that unpacks", "zlib", b"x\x9c\x03\x00\x00\x00\x00\x01"),
    text("a codec that is no text", "hex", b"00"),
    text("a codec that never ends", "punycode", b"{word}"),
    text("bytes that UTF-8 has not", "UTF-8", b"{word}\xff"),
    text("bytes that ASCII has not", "US-ASCII", b"{word}\xe9"),
    text("half a character of UTF-16", "UTF-16", b"\xff\xfea"),
)

MALFORMED = (*JSONS, *FORMS, *TEXTS)
