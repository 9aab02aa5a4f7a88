"""Makes bodies of requests, as JSON and as forms, and sends them."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from conformance.checks import malformed_bodies
from conformance.checks.malformed_bodies import JSON, MULTIPART, URLENCODED
from conformance.target.exchange import Exchange
from conformance.target.service import Service

Pairs = Iterable[tuple[str, object]]


def sent(service: Service, path: str, body: bytes, kind: str = JSON) -> Exchange:
    """The answer to a POST of a body of that type."""
    return service.post(f"/api/{path}", body=body, headers=[("Content-Type", kind)])


def of_json(value: Any) -> bytes:
    """A value as JSON."""
    return jsonlib.dumps(value).encode()


def urlencoded(pairs: Pairs) -> tuple[bytes, str]:
    """A form of these fields, urlencoded, and its content type."""
    return urlencode(list(pairs)).encode(), URLENCODED


def multipart(pairs: Pairs) -> tuple[bytes, str]:
    """A form of these fields in parts, and its content type."""
    parts = [malformed_bodies.part(f'; name="{name}"'.encode(), str(value).encode()) for name, value in pairs]
    return b"".join(parts) + malformed_bodies.END, MULTIPART


FORMS = (urlencoded, multipart)
