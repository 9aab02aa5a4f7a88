"""Hypothesis strategies for requests: valid ones for the endpoints of the vocabulary, and slightly or badly broken
ones.

Hypothesis has no strategy for HTTP messages, and what there is for JSON schemas (hypothesis-jsonschema) and OpenAPI
documents (schemathesis) makes no malformed ones; so the vocabulary is spoken here, with hypothesis's own parts.
"""

from __future__ import annotations

import json
import string
from typing import Any
from urllib.parse import quote, quote_plus

from hypothesis import strategies as st

from conformance.differential.message import HOST, Message
from conformance.differential.vocabulary import ENDPOINTS, Endpoint, Field

PLAIN = st.text(string.ascii_letters + string.digits, max_size=6)
# Texts that are read differently where somebody decodes too often, too late or not at all.
ODD = st.sampled_from(
    (
        *("+", "%", "%2", "%zz", "%2B", "%252F", "/", "..", ".", "&", "=", ";", ",", '"', "\\", "ü", "€", "𝄞"),
        *("null", "[]", "{}", "<b>", "$(x)"),
        *("", " ", "é\u0301", "\u2028", "\ud7ff", "\x00", "\n", "\r\n", "\t", "\x7f", "\x85", "\xff", "a" * 300),
    )
)
WORDS = st.lists(st.text(string.ascii_letters, max_size=3), min_size=2, max_size=3).map(" ".join)
TEXT = st.one_of(PLAIN, WORDS, WORDS, ODD, ODD, st.text(max_size=8, alphabet=st.characters(exclude_categories=["Cs"])))
VISIBLE = st.text("".join(map(chr, range(0x21, 0x7F))), max_size=12)

ODD_NUMBER = st.sampled_from(("1e3", "0x10", "\uff11", "1_0", "+1", " 1", "9" * 30, "-0", "01", "1.0"))
NUMBER = st.integers(0, 5).flatmap(lambda choice: ODD_NUMBER if choice == 5 else st.integers(-5, 1500).map(str))
REAL = st.one_of(NUMBER, st.sampled_from(["0.5", "1e400", "NaN", "inf", "-Infinity", ".5", "1."]))
# Members of the Literals and Enums that are spoken to, other spellings of them, and what is beside them.
MEMBER = st.sampled_from(
    (
        *("10", "50", "7", "0.5", "odd", "all", "raw", "true", "1"),
        *(
            "010",
            "+10",
            "10.0",
            "1e1",
            " 10",
            "1_0",
            ".5",
            "5e-1",
            "\uff11\uff10",
            "TRUE",
            "b'raw'",
            "SMALL",
            "Size.SMALL",
        ),
        *("11", "0", "-10", "", "None", "null", "[10]", "00000000-0000-0000-0000-000000000001", "9" * 30),
    )
)
FLAG = st.sampled_from(["true", "false", "1", "0", "yes", "on", "TRUE", "maybe"])
DATE = st.sampled_from(["2031-02-03", "2031-2-3", "1e3", "0", "9999-12-31", "2031-02-30", "-1"])
DATETIME = st.sampled_from(
    [
        *("2031-02-03T04:05:06", "2031-02-03T04:05:06Z", "2031-02-03 04:05", "0", "1e10", "now"),
        *("9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"),
    ]
)
UUID = st.sampled_from(["00000000-0000-0000-0000-000000000001", "{0}", "urn:uuid:00000000-0000-0000-0000-000000000001"])

PLAUSIBLE: dict[str, st.SearchStrategy[str]] = {
    "text": TEXT,
    "word": st.one_of(PLAIN, st.sampled_from(["a-b", "a--b", "-a", "A"])),
    "code": st.one_of(st.text(string.ascii_lowercase, min_size=3, max_size=3), PLAIN),
    "number": NUMBER,
    "real": REAL,
    "flag": FLAG,
    "date": DATE,
    "datetime": DATETIME,
    "uuid": UUID,
    "member": MEMBER,
    "colour": st.sampled_from(["red", "green", "RED", "Colour.RED"]),
    "list": PLAIN,
    "point": PLAIN,
    "path": st.lists(TEXT, min_size=1, max_size=3).map("/".join),
    "status": st.sampled_from(
        ["200", "201", "204", "205", "299", "304", "400", "404", "418", "500", "599", "100", "x"]
    ),
    "media": st.sampled_from(["text/html", "application/json; charset=latin-1", 'x/y; a="b"', "nonsense"]),
    "raised": st.sampled_from(
        [
            *("exit", "interrupt", "cancelled", "end", "stop", "textless"),
            *("status", "detail", "headers", "group", "kept"),
        ]
    ),
    "origin": st.sampled_from(["https://a.example", "https://b.example", "null", "http://localhost", "x"]),
    "site": st.sampled_from(["cross-site", "same-site", "same-origin", "none", "x"]),
    "hops": st.lists(
        st.sampled_from(["203.0.113.9", "2001:db8::9", "127.0.0.1", "::1", "[::1]:80", "1.2.3.4:5", "unknown", ""]),
        min_size=1,
        max_size=3,
    ).map(", ".join),
    "method": st.sampled_from(["GET", "PUT", "DELETE", "put", "x"]),
}
# Texts in a query are read in the most ways: whose endpoint takes one is spoken to three times as often.
CHOSEN = (*ENDPOINTS, *2 * [each for each in ENDPOINTS if any(field.kind == "text" for field in each.at("query"))])
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
MEDIA_TYPES = {
    "json": ("application/json", "application/json; charset=utf-8", "application/x+json", "APPLICATION/JSON"),
    "form": ("application/x-www-form-urlencoded",),
    "text": ("text/plain", "text/plain; charset=utf-8", "text/plain; charset=latin-1", "text/plain; charset=none"),
}
OTHER_TYPES = ("text/html", "application/octet-stream", "nonsense", "multipart/form-data", "application/json2")
BOUNDARY = "b0undary"
# Headers that change nothing in an answer, whatever a framework knows of them.
INDIFFERENT = (
    ("Accept-Charset", "utf-16"),
    ("Accept-Encoding", "gzip, br"),
    ("Authorization", "Basic %"),
    ("Cache-Control", "no-cache"),
    ("Expect", "100-continue"),
    ("Forwarded", "host=other.example;proto=https"),
    ("If-Modified-Since", "Wed, 21 Oct 2037 07:28:00 GMT"),
    ("If-None-Match", "*"),
    ("Range", "bytes=0-1"),
    ("TE", "trailers"),
    ("Upgrade", "h2c"),
    ("User-Agent", ""),
    ("X-Forwarded-Host", "other.example"),
    ("X-Forwarded-Prefix", "/other"),
    ("X-HTTP-Method-Override", "DELETE"),
    ("X-Script-Name", "/api"),
)

SCALAR = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXT.map(lambda text: text.encode("utf-8", "replace").decode()),
)
JSON_VALUE = st.recursive(
    SCALAR,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(PLAIN, inner, max_size=3)),
    max_leaves=6,
)
BROKEN_JSON = st.sampled_from(
    (
        *(
            b"",
            b"{",
            b"[1,",
            b'"',
            b"nul",
            b"NaN",
            b"[Infinity]",
            b"{'a': 1}",
            b'{"a": 1, "a": 2}',
            b'"\xff"',
            b'"\\ud800"',
        ),
        *(b"[" * 150 + b"]" * 150, b"[" * 5000, b"9" * 5000, b"1" * 400),
        *(b"\xef\xbb\xbf{}", b"\xff\xfe{\x00}\x00", b"1 2", b"\x00"),
    )
)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    """Draw a request to an endpoint, or to something near one."""
    endpoint: Endpoint = draw(st.sampled_from(CHOSEN))
    odd = draw(st.integers(0, 9)) == 9
    method = draw(st.sampled_from(METHODS)) if odd and draw(st.booleans()) else endpoint.method
    target = draw(paths(endpoint, odd))
    pairs = [draw(pair(field)) for field in draw(chosen(endpoint.at("query")))]
    pairs += draw(st.lists(st.one_of(ODD_PAIR, st.just("")), max_size=2)) if odd else []
    pairs += draw(st.sampled_from(([], [], [], pairs[-1:])))  # repeated as it is
    if pairs:
        target += "?" + "&".join(pairs)
    headers = [("Host", HOST), ("Connection", "keep-alive" if endpoint.twice and not odd else "close")]
    headers += [(draw(cased(field.name)), draw(header_value(field))) for field in draw(chosen(endpoint.at("header")))]
    cookies = [f"{field.name}={draw(cookie_value(field))}" for field in draw(chosen(endpoint.at("cookie")))]
    cookies += draw(st.lists(st.sampled_from(("broken", "", "=", "a=b", "a", '="')), max_size=2)) if odd else []
    if cookies:
        headers.append(("Cookie", "; ".join(cookies)))
    if odd:
        headers += draw(
            st.lists(
                st.tuples(st.sampled_from(["Accept", "X-Odd", "x-odd", "Range", "If-None-Match"]), VISIBLE), max_size=2
            )
        )
        headers += draw(st.lists(st.sampled_from(INDIFFERENT), max_size=2))
    content: bytes | None = None
    if endpoint.content or (odd and draw(st.booleans())):
        kind, content = draw(contents(endpoint, odd))
        if kind:
            headers.append(("Content-Type", kind))
        length = str(len(content))
        if odd and draw(st.booleans()):
            length = draw(
                st.sampled_from((f"{len(content) + 1}", f"{len(content) + 5}", "a", f"-{length}", f"{length}.0"))
            )
        headers.append(("Content-Length", length))
    if odd:
        headers = draw(spaced(headers))
    return Message.of(endpoint.scenario, method, target, headers, content or b"")


@st.composite
def spaced(draw: st.DrawFn, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Draw white space around header values; not of headers that steer the server or are repeated, as some servers join
    these first."""
    names = [name.lower() for name, _ in headers]
    return [
        (name, value)
        if name in ("Host", "Connection", "Expect", "Upgrade", "Transfer-Encoding") or names.count(name.lower()) > 1
        else (name, draw(st.sampled_from(AROUND)).join(("", value, "")))
        for name, value in headers
    ]


@st.composite
def chosen(draw: st.DrawFn, fields: tuple[Field, ...]) -> list[Field]:
    """Draw some of the items, each more often than not, and now and then twice."""
    return [field for field in fields for _ in range(draw(st.sampled_from((0, 1, 1, 1, 1, 2))))]


def cased(name: str) -> st.SearchStrategy[str]:
    """Draw the case of a header's name: mostly as given, now and then lower or upper."""
    return st.sampled_from((name, name, name, name.lower(), name.upper()))


def value_of(kind: str) -> st.SearchStrategy[str]:
    """Draw a value of that kind, or now and then any text."""
    return st.integers(0, 7).flatmap(lambda choice: TEXT if choice == 7 else PLAUSIBLE[kind])


@st.composite
def quoted(draw: st.DrawFn, text: str, safe: str = "") -> str:
    """Percent-encode a text for a target, leaving plus signs, commas and the like raw now and then."""
    raw = draw(st.sampled_from(["", "+", "+,;:@!$'()*~"]))
    return quote(text.encode("utf-8", "surrogatepass"), safe=safe + raw)


@st.composite
def paths(draw: st.DrawFn, endpoint: Endpoint, odd: bool) -> str:
    segments = []
    for segment in endpoint.path.split("/")[1:]:
        if segment.startswith("{"):
            kind = segment[1:-1]
            segments.append(draw(quoted(draw(value_of(kind)), "/" if kind == "path" else "")))
        else:
            segments.append(segment)
    path = "/" + "/".join(segments)
    if odd:
        path += draw(
            st.sampled_from(["", "/", "//", "/.", "/..", "/x", "%2F", "%", "%00", "%ff", "%c3%a9", ".json", ";a=b"])
        )
    return path


@st.composite
def pair(draw: st.DrawFn, field: Field) -> str:
    """Draw a field of a query or an urlencoded form; spaces become plus signs more often than not."""
    value = draw(value_of(field.kind))
    if draw(st.sampled_from((True, True, False))):
        return f"{quote_plus(field.name)}={quote_plus(value.encode('utf-8', 'surrogatepass'))}"
    return f"{draw(quoted(field.name))}={draw(quoted(value, '/'))}"


AROUND = ("", " ", "\t ")  # the value of a header

ODD_PAIR = st.sampled_from(
    ["a", "=", "=b", "a=%", "a=%ff", "a=%00", "%=1", "a=b=c", "a;b", "text", "number=1&number=2"]
)


def header_value(field: Field) -> st.SearchStrategy[str]:
    return st.one_of(value_of(field.kind), VISIBLE).map(visible)


def cookie_value(field: Field) -> st.SearchStrategy[str]:
    return st.one_of(
        value_of(field.kind).map(visible), VISIBLE, st.sampled_from(['"a b"', '"\\053"', '"', "a%20b", "a=b"])
    )


def visible(text: str) -> str:
    """Remove from a text the characters that some server refuses in a header's value."""
    return "".join(character for character in text if " " <= character <= "~").strip()


@st.composite
def contents(draw: st.DrawFn, endpoint: Endpoint, odd: bool) -> tuple[str, bytes]:
    """Draw the content type and the bytes of a body."""
    kind = endpoint.content or draw(st.sampled_from(sorted(MEDIA_TYPES)))
    media_type = draw(st.sampled_from(MEDIA_TYPES[kind]))
    fields = draw(chosen(endpoint.at("body")))
    if kind == "json":
        content = draw(json_content(fields))
    elif kind == "form" and draw(st.booleans()):
        media_type, content = f"multipart/form-data; boundary={BOUNDARY}", draw(multipart(fields))
    elif kind == "form":
        content = "&".join(draw(pair(field)) for field in fields).encode()
    else:
        content = draw(TEXT).encode("utf-8", "surrogatepass")
    if odd:
        media_type = draw(st.sampled_from([media_type, *OTHER_TYPES]))
        content = draw(st.sampled_from([content, content[: len(content) // 2], content + b"\x00", b"", content * 20]))
        content = draw(st.one_of(st.just(content), BROKEN_JSON))
    return media_type, content[:3000]


@st.composite
def json_content(draw: st.DrawFn, fields: list[Field]) -> bytes:
    if not fields:
        return draw(st.one_of(JSON_VALUE.map(lambda value: json.dumps(value).encode()), BROKEN_JSON))
    members = {field.name: draw(st.one_of(json_value(field), json_value(field), JSON_VALUE)) for field in fields}
    return json.dumps(members, ensure_ascii=draw(st.booleans())).encode("utf-8", "replace")


def json_value(field: Field) -> st.SearchStrategy[Any]:
    match field.kind:
        case "number":
            return st.one_of(st.integers(-5, 1500), NUMBER)
        case "member":
            return st.one_of(st.sampled_from([10, 50, 0.5, True, "all", "odd", 1, None]), MEMBER)
        case "list":
            return st.lists(PLAIN, max_size=3)
        case "point":
            return st.one_of(
                st.none(), st.fixed_dictionaries({"x": st.integers(0, 9)}, optional={"y": st.floats(0, 1)})
            )
        case _:
            return TEXT.map(lambda text: text.encode("utf-8", "replace").decode())


@st.composite
def multipart(draw: st.DrawFn, fields: list[Field]) -> bytes:
    """Draw the parts of a multipart form, now and then without a name, as a file, or without an end."""
    parts = []
    for field in fields:
        named = f'form-data; name="{field.name}"'
        wrong = ("form-data", f'{named}; filename="f.txt"', f"form-data; name={field.name}", "x")
        disposition = draw(st.sampled_from((*[named] * 5, *wrong)))
        value = draw(value_of(field.kind)).encode("utf-8", "surrogatepass")
        parts.append(f"--{BOUNDARY}\r\nContent-Disposition: {disposition}\r\n\r\n".encode() + value + b"\r\n")
    ends = (*[f"--{BOUNDARY}--\r\n".encode()] * 5, b"", b"--", b"--b0--\r\n")
    return b"".join(parts) + draw(st.sampled_from(ends))
