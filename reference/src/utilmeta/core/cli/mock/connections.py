"""The connections of a client that sends nothing: each answer is made up of the call's first template (CLIENT-g29)."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from typing import Any

from utilmeta.core.cli.mock.values import jsonable
from utilmeta.core.cli.request import ClientRequest
from utilmeta.core.cli.template import Mismatch, Returns, Template, blank
from utilmeta.core.cli.transport.connections import Connections
from utilmeta.core.cli.transport.message import Library
from utilmeta.core.response.response import Response
from utilmeta.utils.exceptions import DeclarationError

URL = "http://mock.invalid"  # a name that is nowhere (RFC 6761, 6.4)


class Mock(Connections):
    """Makes up the answers of a client."""

    def __init__(self, library: Library) -> None:
        super().__init__(library, {}, None)

    def base_url(self) -> str:
        """Return what the paths of a client without a base URL are below."""
        return URL

    def check(self, *, asynchronous: bool) -> None:
        """Take each style, as nothing is sent."""

    def made_up(self, returns: Returns, request: ClientRequest) -> Response[Any]:
        """Return a plain Response that the first template parses; an empty one where there is none.

        Raises DeclarationError naming what no value can be made of, ImportError without polyfactory.
        """
        if returns.streams and not returns.templates:
            raise DeclarationError(f"{request.place}: mock=True cannot make its answer up: it is a stream")
        if not returns.templates:
            return blank(Response, 200, (), request)
        template, *others = returns.templates
        try:
            lines, body = parts_of(template)
            plain: Response[Any] = blank(Response, status_of(template, others), lines, request)
            plain.data = plain.result = json.loads(body)
            template.read(plain)
        except (DeclarationError, Mismatch) as error:
            reason = f"{template.name}, {error}" if isinstance(error, Mismatch) else str(error)
            raise DeclarationError(f"{request.place}: mock=True cannot make its answer up: {reason}") from error
        return plain


def status_of(template: Template, others: list[Template]) -> int:
    """Return the status of a template, and of one without the first of success that no other template is for."""
    if template.status is not None:
        return template.status
    taken = {other.status for other in others}
    return next(status for status in range(200, 300) if status not in taken)


@functools.lru_cache(maxsize=256)
def parts_of(template: Template) -> tuple[tuple[tuple[str, str], ...], str]:
    """Return header lines and a body, as JSON, that a template parses. Raises DeclarationError and ImportError."""
    lines: tuple[tuple[str, str], ...] = ()
    if template.header_kind is not None:
        members = jsonable(template.header_kind, f"{template.name}.headers")
        if not isinstance(members, Mapping):
            raise DeclarationError(f"{template.name}.headers is annotated with what is no mapping")
        lines = tuple((name, str(value)) for name, value in members.items() if value is not None)
    body = None if template.result is None else jsonable(template.kind, f"{template.name}.result")
    key, count = template.made.result_key, len(body) if isinstance(body, list) else 1
    if key is not None or template.keys:
        members = {each: count if name == "count" else "" for name, each in template.keys}
        body = members if key is None else {**members, key: body}
    return lines, json.dumps(body)
