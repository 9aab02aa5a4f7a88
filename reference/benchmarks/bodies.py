"""What the worst bodies cost that the default limits let in, in CPU milliseconds: `python -m benchmarks.bodies`.

Nothing else of the process runs in this time, as parsers and validators hold the GIL. Prints each kind of body, how
long it is, and the best of three measurements.
"""

from __future__ import annotations

import decimal
import fractions
import functools
import operator
import pathlib
import time
import uuid
from collections.abc import Callable
from typing import Any

import pydantic

from utilmeta.core.pipeline.defaults import MAX_BODY_SIZE
from utilmeta.core.request.body.form import URLENCODED, parse_urlencoded
from utilmeta.core.request.body.json import parse_json
from utilmeta.core.request.body.json_limits import MAX_SIZE, MAX_VALUES
from utilmeta.core.request.body.large import Quick, large
from utilmeta.core.request.body.multipart import parse_multipart
from utilmeta.core.request.query import parse_query
from utilmeta.core.request.schemas.adapter import Adapter, compile_adapter
from utilmeta.core.request.text import parse_cookies

HEAD = 64 * 1024  # bytes of a query string or a Cookie header, more than servers take
MODULUS = 2**61 - 1


def model(name: str, **fields: Any) -> Any:
    return pydantic.create_model(name, **fields)


POINT = model("Point", __config__={"frozen": True}, number=(int, ...))
OPTIONAL = [model(f"Optional{number}", **{f"a{each}": (int, 0) for each in range(3)}) for number in range(10)]
REQUIRED = [model(f"Required{number}", **{f"a{number}{each}": (int, ...) for each in range(3)}) for number in range(10)]
ANY_OPTIONAL, ANY_REQUIRED = functools.reduce(operator.or_, OPTIONAL), functools.reduce(operator.or_, REQUIRED)
LIST: Any = list
SET: Any = set


def repeated(unit: bytes, size: int = MAX_SIZE) -> bytes:
    """A JSON array of one value again and again, as often as both limits let it be."""
    number = min((MAX_VALUES - 1) // max(1, unit.count(b":") + 1), (size - 2) // (len(unit) + 1))
    return b"[%s]" % b",".join([unit] * number)


def chosen(make: Callable[[int], str], number: int, alike: int) -> bytes:
    """An array of values of which so many have one hash each."""
    return b"[%s]" % ",".join(make(each // alike + MODULUS * (each % alike)) for each in range(number)).encode()


# What is declared, and the body.
JSON: dict[str, tuple[Any, bytes]] = {
    "integers": (list[int], repeated(b"1")),
    "integers of 4300 digits": (list[int], repeated(b"7" * 4300)),
    "decimals of 4300 digits": (list[decimal.Decimal], repeated(b"7" * 4300)),
    "fractions": (list[fractions.Fraction], repeated(b'"%s/%s"' % (b"7" * 4300, b"3" * 4299))),
    "paths": (list[pathlib.Path], repeated(b'"a/b"')),
    "URLs": (list[pydantic.HttpUrl], repeated(b'"http://a"')),
    "empty arrays": (Any, repeated(b"[]")),
    "escapes": (str, b'"%s"' % (b"\\u00e9" * ((MAX_SIZE - 2) // 6))),
    "models": (LIST[OPTIONAL[0]], repeated(b"{}")),
    "models of a union of ten": (LIST[ANY_OPTIONAL], repeated(b"{}")),
    "none of a union of ten": (LIST[ANY_REQUIRED], repeated(b"{}")),
    "none of a union of ten, all told": (LIST[ANY_REQUIRED], repeated(b"{}", 2048)),
    "a set of UUIDs of one hash": (set[uuid.UUID], chosen(lambda each: f'"{each:032x}"', 19000, 19000)),
    "a set of models, of each hash five": (SET[POINT], chosen(lambda each: f'{{"number":{each}}}', 9500, 5)),
}


PART = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n%s\r\n'
ESCAPES = b"a=" + b"%41" * (MAX_BODY_SIZE // 3 - 1)
LONG_PART = PART % (b"\r\n--" * (MAX_BODY_SIZE // 4 - 30)) + b"--b--\r\n"

OTHERS: dict[str, tuple[Callable[[], object], int]] = {
    "urlencoded escapes": (lambda: parse_urlencoded(ESCAPES, URLENCODED), MAX_BODY_SIZE),
    "multipart, one part": (lambda: parse_multipart(LONG_PART, "multipart/form-data; boundary=b"), MAX_BODY_SIZE),
    "query string": (lambda: parse_query(b"a=1&" * (HEAD // 4)), HEAD),
    "cookies": (lambda: parse_cookies("a=1; " * (HEAD // 5)), HEAD),
}


def taken(adapter: Adapter, body: bytes) -> None:
    parse_json(body)
    validator = Quick(adapter) if len(body) > large([adapter]) else adapter
    try:
        validator.validate_json(body)
    except pydantic.ValidationError as error:
        error.errors(include_url=False, include_context=False, include_input=False)


def milliseconds(ask: Callable[[], object]) -> float:
    spent = []
    for _ in range(3):
        begin = time.thread_time()
        ask()
        spent.append(time.thread_time() - begin)
    return 1000 * min(spent)


def main() -> None:
    for name, (annotation, body) in JSON.items():
        adapter = compile_adapter(annotation, name)
        print(f"{name:40}{len(body):10} bytes {milliseconds(lambda: taken(adapter, body)):6.0f} ms")  # noqa: B023
    for name, (ask, size) in OTHERS.items():
        print(f"{name:40}{size:10} bytes {milliseconds(ask):6.0f} ms")


if __name__ == "__main__":
    main()
