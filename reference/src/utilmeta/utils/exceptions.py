"""Exceptions of UtilMeta: those that become HTTP responses, and those that keep a service from starting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar


class HTTPError(Exception):
    """Base of the errors that an endpoint raises to answer with an HTTP status.

    ``detail`` is sent to the client as it is, in production too. ``headers`` are added to the response.
    """

    status: ClassVar[int] = 500
    errors: Sequence[Mapping[str, str]] | None = None
    """What is wrong, one by one, where that can be told: a member of the problem (ERROR-2b)."""

    def __init__(self, detail: str = "", *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.headers: Mapping[str, str] = headers or {}


class BadRequest(HTTPError):
    """400 Bad Request: the request cannot be parsed, or parameters are missing or do not convert (REQUEST-g4).

    Of the latter ``errors`` has one mapping for each offending field: ``in`` (path, query, header, cookie or body),
    ``name`` as it was to be sent (nested body fields dotted) and ``reason`` (ERROR-2b); ``detail`` is them in one text,
    unless it is given.
    """

    status = 400

    def __init__(
        self,
        detail: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[Mapping[str, str]] | None = None,
    ) -> None:
        if errors is not None:
            self.errors = list(errors)
            detail = detail or "; ".join(f"{each['in']} {each['name']}: {each['reason']}" for each in self.errors)
        super().__init__(detail, headers=headers)


class Unauthorized(HTTPError):
    """401 Unauthorized: the client has not authenticated."""

    status = 401


class PaymentRequired(HTTPError):
    """402 Payment Required: the resource has to be paid for first."""

    status = 402


class PermissionDenied(HTTPError):
    """403 Forbidden: the client may not do this."""

    status = 403


class NotFound(HTTPError):
    """404 Not Found: there is no such resource."""

    status = 404


class MethodNotAllowed(HTTPError):
    """405 Method Not Allowed: the resource exists, but not for this method.

    ``allow`` lists the methods that it has, for the Allow header (RFC 9110, 15.5.6).
    """

    status = 405

    def __init__(self, allow: Sequence[str] = (), detail: str = "") -> None:
        super().__init__(detail, headers={"Allow": ", ".join(allow)})


class NotAcceptable(HTTPError):
    """406 Not Acceptable: the resource has no representation that the client accepts."""

    status = 406


class ProxyAuthenticationRequired(HTTPError):
    """407 Proxy Authentication Required: the client has not authenticated with a proxy."""

    status = 407


class RequestTimeout(HTTPError):
    """408 Request Timeout: the request did not arrive in time."""

    status = 408


class Conflict(HTTPError):
    """409 Conflict: the request contradicts the state of the resource."""

    status = 409


class Gone(HTTPError):
    """410 Gone: the resource existed once and will not come back."""

    status = 410


class LengthRequired(HTTPError):
    """411 Length Required: the server takes no body without a Content-Length."""

    status = 411


class PreconditionFailed(HTTPError):
    """412 Precondition Failed: a condition in the request's headers does not hold."""

    status = 412


class RequestEntityTooLarge(HTTPError):
    """413 Content Too Large: the body is larger than a limit of the service, such as ``max_body_size``."""

    status = 413


class URITooLong(HTTPError):
    """414 URI Too Long: the request target is longer than the service reads."""

    status = 414


class UnsupportedMediaType(HTTPError):
    """415 Unsupported Media Type: the endpoint does not take a body of this content type."""

    status = 415


class RangeNotSatisfiable(HTTPError):
    """416 Range Not Satisfiable: the resource has none of the requested ranges."""

    status = 416


class ExpectationFailed(HTTPError):
    """417 Expectation Failed: the server cannot meet the Expect header."""

    status = 417


class MisdirectedRequest(HTTPError):
    """421 Misdirected Request: this server does not answer for the requested host."""

    status = 421


class UnprocessableEntity(HTTPError):
    """422 Unprocessable Content: the content is well-formed, and nothing can be done with it."""

    status = 422


class Locked(HTTPError):
    """423 Locked: the resource is locked (RFC 4918)."""

    status = 423


class FailedDependency(HTTPError):
    """424 Failed Dependency: an action that the request depends on has failed (RFC 4918)."""

    status = 424


class TooEarly(HTTPError):
    """425 Too Early: the request might be a replay (RFC 8470)."""

    status = 425


class UpgradeRequired(HTTPError):
    """426 Upgrade Required: the client has to use another protocol, which an Upgrade header names."""

    status = 426


class PreconditionRequired(HTTPError):
    """428 Precondition Required: the request has to be conditional (RFC 6585)."""

    status = 428


class TooManyRequests(HTTPError):
    """429 Too Many Requests: the client has sent more requests than it may (RFC 6585)."""

    status = 429


class RequestHeaderFieldsTooLarge(HTTPError):
    """431 Request Header Fields Too Large: the headers are larger than the service reads (RFC 6585)."""

    status = 431


class UnavailableForLegalReasons(HTTPError):
    """451 Unavailable For Legal Reasons: a legal demand forbids access (RFC 7725)."""

    status = 451


class InternalServerError(HTTPError):
    """500 Internal Server Error: the service failed."""

    status = 500


class FunctionalityNotImplemented(HTTPError):
    """501 Not Implemented: the service lacks the functionality that the request needs."""

    status = 501


class BadGateway(HTTPError):
    """502 Bad Gateway: a server behind this one gave an invalid response."""

    status = 502


class ServiceUnavailable(HTTPError):
    """503 Service Unavailable: the service cannot answer at the moment."""

    status = 503


class GatewayTimeout(HTTPError):
    """504 Gateway Timeout: a server behind this one did not answer in time."""

    status = 504


class HTTPVersionNotSupported(HTTPError):
    """505 HTTP Version Not Supported: the server does not support the request's version of HTTP."""

    status = 505


class VariantAlsoNegotiates(HTTPError):
    """506 Variant Also Negotiates: content negotiation leads in a circle (RFC 2295)."""

    status = 506


class InsufficientStorage(HTTPError):
    """507 Insufficient Storage: there is no room for what was sent (RFC 4918)."""

    status = 507


class LoopDetected(HTTPError):
    """508 Loop Detected: the request led back to itself (RFC 5842)."""

    status = 508


class NetworkAuthenticationRequired(HTTPError):
    """511 Network Authentication Required: the client has to log in to the network first (RFC 6585)."""

    status = 511


class ResultMismatch(TypeError):
    """Raised when an endpoint returns what its annotation does not allow, where results are checked (PREFERENCE-2).

    It is answered as a 500. The message names the endpoint, and each field with the reason; it holds no value.
    """

    def __init__(self, label: str, complaints: Sequence[str]) -> None:
        super().__init__(f"{label} returned what its annotation does not allow: {'; '.join(complaints)}")


class Unavailable(Exception):
    """Raised when a database or cache that the service needs cannot be reached: a 503.

    The message says what and where. It is meant for the operator: it is logged, and not sent in production (ERROR-3).
    """

    status: ClassVar[int] = 503


class DeclarationError(Exception):
    """Raised for an API class, endpoint or parameter whose declaration cannot be served; the message names it."""


class ServiceError(RuntimeError):
    """Raised for a wrong use of the service: a second service in the process, ``use`` after ``setup`` and the like."""


class UnknownBackend(ValueError):
    """Raised when ``backend`` is none that UtilMeta knows; the message lists those that it knows (SERVICE-3a)."""


class BackendNotInstalled(ImportError):
    """Raised when the framework of a known backend is not installed; the message has the pip command (SERVICE-3b)."""


class HookFailed(RuntimeError):
    """Raised when a startup hook failed; the message names the hook, and its exception is chained (HOOK-7a)."""


class AddressUnavailable(OSError):
    """Raised when the service's address cannot be bound; the message names host and port (SERVICE-14)."""


class DependencyMissing(ImportError):
    """Raised when a configuration needs an optional package that is not installed; the message has the pip command."""


class CacheUnavailable(Unavailable):
    """Raised when a cache does not answer: a 503 (CACHE-4).

    The message names alias and address; the error of the cache's library is chained.
    """


class CacheValueError(ValueError):
    """Raised when a value cannot be stored in a cache as JSON, or a stored value is not JSON (SECURITY-17a).

    ``cache`` is the cache's alias, once it is known.
    """

    def __init__(self, message: str, *, cache: str = "") -> None:
        super().__init__(message)
        self.cache = cache


class LockHeld(Exception):
    """Raised when a cache lock is held by another owner, who did not release it in time."""


class LockExpired(Exception):
    """Raised when a cache lock expired before its owner was done, so that another owner may have held it too."""


class SettingsError(ServiceError):
    """Raised when Django's settings contradict the service.

    The message names the setting, where it is set, and the cure.
    """
