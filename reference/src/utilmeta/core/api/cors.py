"""Cross-origin requests (CORS, in the Fetch standard, 3.2): which origins may use an API, and the headers that say so.

An origin is a scheme, a host, and a port other than the scheme's default. A page of the API's own host is not
cross-origin here, whatever its scheme: browsers send an Origin with its POSTs too, and a proxy in front may have ended
TLS. Where an answer depends on the Origin it has a Vary header, for caches on the way.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from datetime import timedelta
from typing import Any, TypeVar

from utilmeta.core.annotations.decoration import CORS_POLICY
from utilmeta.core.api.plugin import is_decorable, of_endpoint
from utilmeta.core.api.tree import Endpoint
from utilmeta.core.request.headers import TOKEN
from utilmeta.core.request.origin import normal, origin_of, own
from utilmeta.core.request.request import Request
from utilmeta.core.response.response import Response
from utilmeta.utils.exceptions import DeclarationError, PermissionDenied

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
Texts = str | Iterable[str]
Pairs = list[tuple[str, str]]
Preflight = Callable[[Request], Response]
"""Answers a preflight. Raises PermissionDenied for an origin that is not allowed."""

ANY = "*"


class CORS:
    """Decorator that lets pages of other origins use an API class, with all that it mounts, or an endpoint.

    The nearest one counts. ``allow_origin`` is an origin, several, or ``"*"`` for all. ``allow_methods`` are those that
    a preflight grants, by default those of the path; ``allow_headers`` the request headers that it grants beside those
    that are declared as parameters (API-g11), ``"*"`` for all that are asked for; ``expose_headers`` the response
    headers that a page may read; ``max_age`` how long, in seconds or as a timedelta, the answer to a preflight may be
    cached; ``allow_credentials`` whether a page may send its user's cookies.
    """

    def __init__(
        self,
        allow_origin: Texts,
        *,
        allow_methods: Texts | None = None,
        allow_headers: Texts = ("Content-Type",),
        expose_headers: Texts = (),
        max_age: float | timedelta | None = None,
        allow_credentials: bool = False,
    ) -> None:
        allowed = origins(allow_origin)
        self.any = ANY in allowed
        self.known = frozenset(map(normal, allowed - {ANY}))
        self.methods = None if allow_methods is None else tokens("allow_methods", allow_methods)
        self.headers = tokens("allow_headers", allow_headers)
        self.exposed = ", ".join(tokens("expose_headers", expose_headers))
        self.max_age = seconds(max_age)
        self.credentials = allow_credentials
        if not isinstance(allow_credentials, bool):
            raise TypeError(f"api.CORS: allow_credentials is True or False, not {allow_credentials!r}")

    def __call__(self, target: Decorated) -> Decorated:
        """Raises DeclarationError naming the class or function for origins that cannot be allowed so."""
        if not is_decorable(target):
            raise TypeError(f"api.CORS decorates an API class or an endpoint, not {target!r}")
        if self.any and self.credentials:
            raise DeclarationError(
                f"@api.CORS of {target.__qualname__}: browsers send no credentials to an API that allows every origin; "
                "say which ones allow_origin lists, or leave allow_credentials"
            )
        setattr(target, CORS_POLICY, self)
        return target

    # --- requests ---

    def grant(self, request: Request) -> Pairs:
        """Return the headers that permit the request. Raises PermissionDenied for an origin that is not allowed."""
        granted, allowed = self.decide(request)
        if not allowed:
            origin = request.header("origin")
            raise PermissionDenied(f"The origin {origin} may not use this", headers=dict(granted))
        request.cross_origin = True
        return granted

    def granted(self, request: Request) -> Pairs:
        """Return the headers for the response of an error: as for any other, but only Vary for a forbidden origin."""
        return self.decide(request)[0]

    def decide(self, request: Request) -> tuple[Pairs, bool]:
        """Return the headers for the origin of ``request``, and whether that is allowed."""
        origin = request.header("origin")
        granted: Pairs = [] if self.any else [("Vary", "Origin")]
        if origin is None or (not self.any and own(origin, request)):
            return granted, True
        if not self.any and normal(origin) not in self.known:
            return granted, False
        granted.append(("Access-Control-Allow-Origin", ANY if self.any else origin))
        if self.credentials:
            granted.append(("Access-Control-Allow-Credentials", "true"))
        if self.exposed and request.method != "OPTIONS":
            granted.append(("Access-Control-Expose-Headers", self.exposed))
        return granted, True

    def compile_preflight(self, methods: Iterable[str], declared: Sequence[str], allow: str) -> Preflight:
        """Return the function that answers preflights, which ask whether a page may use one of ``methods``, those of
        the path.

        ``declared`` are the headers that are parameters around the method asked about (API-g11).
        """
        granted: Pairs = [("Access-Control-Allow-Methods", ", ".join(self.methods or methods))]
        all_wanted = ANY in self.headers
        if not all_wanted and (self.headers or declared):
            names = {name.lower(): name for name in (*declared, *self.headers)}
            granted.append(("Access-Control-Allow-Headers", ", ".join(names.values())))
        if self.max_age is not None:
            granted.append(("Access-Control-Max-Age", str(self.max_age)))

        def answer_preflight(request: Request) -> Response:
            headers = [*self.grant(request), *granted]
            if all_wanted:
                wanted = request.header("access-control-request-headers") or ""
                headers.append(("Access-Control-Allow-Headers", ", ".join(TOKEN.findall(wanted))))
                headers = merged([("Vary", "Access-Control-Request-Headers")], headers)
            return Response(status=204, headers=[("Allow", allow), *headers])

        return answer_preflight


def cors(endpoint: Endpoint) -> CORS | None:
    """Return the CORS nearest to an endpoint: its own, that of its class or a base, that of an outer class; or None."""
    found: CORS | None = of_endpoint(endpoint, CORS_POLICY, None)
    if found is None:
        found = next((each for cls in reversed(endpoint.classes) if (each := getattr(cls, CORS_POLICY, None))), None)
    return found


def merged(granted: Sequence[tuple[str, str]], headers: Pairs) -> Pairs:
    """Return ``headers`` with those of ``granted`` in place of their own; Vary has the values of both."""
    names = {name.lower() for name, _ in granted}
    vary = [word.strip() for name, value in (*headers, *granted) if name.lower() == "vary" for word in value.split(",")]
    rest = [(name, value) for name, value in headers if name.lower() not in names]
    return [*rest, *((name, ", ".join(dict.fromkeys(vary)) if name == "Vary" else value) for name, value in granted)]


def granting(response: Response, granted: Sequence[tuple[str, str]]) -> Response:
    """Return a copy of ``response`` with the headers ``granted``.

    It is a copy because a response that user code keeps is sent to other origins too (SECURITY-12d). Raises what
    ``Response.check`` raises.
    """
    if not granted:
        return response
    response.check()
    sent = copy(response)
    sent.fields = merged(granted, response.fields)
    sent.settle()
    return sent


# --- declaration ---


def origins(value: Any) -> frozenset[str]:
    """Return the origins of the option ``allow_origin``. Raises TypeError or ValueError."""
    found = texts("allow_origin", value)
    for text in found:
        if text not in (ANY, "null") and origin_of(text) != text:
            raise ValueError(f"api.CORS: {text!r} is no origin; one is like https://example.com, without a path")
    if not found:
        raise ValueError('api.CORS: allow_origin lists no origin; name some, or "*" for all')
    return frozenset(found)


def texts(option: str, value: Any) -> tuple[str, ...]:
    """Return an option as several texts. Raises TypeError, naming the option."""
    found = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, Iterable) else None
    if found is None or not all(isinstance(text, str) for text in found):
        raise TypeError(f"api.CORS: {option} is a text or several, not {value!r}")
    return found


def tokens(option: str, value: Any) -> tuple[str, ...]:
    """Return an option as several names of headers or methods. Raises TypeError or ValueError, naming the option."""
    found = texts(option, value)
    for text in found:
        if not TOKEN.fullmatch(text):
            raise ValueError(f"api.CORS: {option} holds {text!r}, which is no name of a header or method")
    return tuple(text.upper() for text in found) if option == "allow_methods" else found


def seconds(value: Any) -> int | None:
    """Return ``max_age`` in whole seconds. Raises TypeError."""
    if isinstance(value, timedelta):
        value = value.total_seconds()
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < math.inf:
        raise TypeError(f"api.CORS: max_age is a number of seconds or a timedelta, not {value!r}")
    return int(value)
