"""The exceptions of UtilMeta: those that become an HTTP response, and those that stop a service from being built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar


class HTTPError(Exception):
    """An error that an endpoint raises to answer with a status of its own.

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
    """400: the request does not parse."""

    status = 400


class Unauthorized(HTTPError):
    """401: who is asking is not known."""

    status = 401


class PaymentRequired(HTTPError):
    """402: what it costs is not paid."""

    status = 402


class PermissionDenied(HTTPError):
    """403: who is asking may not."""

    status = 403


class NotFound(HTTPError):
    """404: no such resource."""

    status = 404


class MethodNotAllowed(HTTPError):
    """405: the resource is there, the method is not. ``allow`` lists the methods that are (RFC 9110, 15.5.6)."""

    status = 405

    def __init__(self, allow: Sequence[str] = (), detail: str = "") -> None:
        super().__init__(detail, headers={"Allow": ", ".join(allow)})


class NotAcceptable(HTTPError):
    """406: there is no representation that the client accepts."""

    status = 406


class ProxyAuthenticationRequired(HTTPError):
    """407: a proxy wants to know who is asking."""

    status = 407


class RequestTimeout(HTTPError):
    """408: the request did not come in time."""

    status = 408


class Conflict(HTTPError):
    """409: the request contradicts the state of the resource."""

    status = 409


class Gone(HTTPError):
    """410: the resource was here and will not come back."""

    status = 410


class LengthRequired(HTTPError):
    """411: the server cannot take a body that does not announce its length."""

    status = 411


class PreconditionFailed(HTTPError):
    """412: a condition in the request's headers does not hold."""

    status = 412


class RequestEntityTooLarge(HTTPError):
    """413: the body is larger than the service's ``max_body_size``."""

    status = 413


class URITooLong(HTTPError):
    """414: the request target is longer than the service reads."""

    status = 414


class UnsupportedMediaType(HTTPError):
    """415: the endpoint does not take a body of this content type."""

    status = 415


class RangeNotSatisfiable(HTTPError):
    """416: no range that was asked for is in the resource."""

    status = 416


class ExpectationFailed(HTTPError):
    """417: what the Expect header asks for cannot be met."""

    status = 417


class MisdirectedRequest(HTTPError):
    """421: the request was sent to a server that does not answer for this host."""

    status = 421


class UnprocessableEntity(HTTPError):
    """422: parameters that are missing or do not convert.

    ``errors`` has one mapping for each offending field: ``in`` (path, query, header, cookie or body), ``name`` as it
    was to be sent (nested body fields dotted) and ``reason`` (ERROR-2b).
    """

    status = 422

    def __init__(self, errors: Sequence[Mapping[str, str]] = (), detail: str = "") -> None:
        super().__init__(detail)
        self.errors = list(errors)


class Locked(HTTPError):
    """423: the resource is locked (RFC 4918)."""

    status = 423


class FailedDependency(HTTPError):
    """424: what the request depends on has failed (RFC 4918)."""

    status = 424


class TooEarly(HTTPError):
    """425: the request might be a replay (RFC 8470)."""

    status = 425


class UpgradeRequired(HTTPError):
    """426: the client has to use another protocol; name it in an Upgrade header."""

    status = 426


class PreconditionRequired(HTTPError):
    """428: the request has to be conditional (RFC 6585)."""

    status = 428


class TooManyRequests(HTTPError):
    """429: asked too often."""

    status = 429


class RequestHeaderFieldsTooLarge(HTTPError):
    """431: the headers are larger than the service reads (RFC 6585)."""

    status = 431


class UnavailableForLegalReasons(HTTPError):
    """451: a legal demand forbids it (RFC 7725)."""

    status = 451


class InternalServerError(HTTPError):
    """500: the service failed, and says so itself."""

    status = 500


class FunctionalityNotImplemented(HTTPError):
    """501: the service has not what the request needs."""

    status = 501


class BadGateway(HTTPError):
    """502: a server behind this one answered what makes no sense."""

    status = 502


class ServiceUnavailable(HTTPError):
    """503: not now."""

    status = 503


class GatewayTimeout(HTTPError):
    """504: a server behind this one did not answer in time."""

    status = 504


class HTTPVersionNotSupported(HTTPError):
    """505: not in this version of HTTP."""

    status = 505


class VariantAlsoNegotiates(HTTPError):
    """506: the negotiation of content leads in a circle (RFC 2295)."""

    status = 506


class InsufficientStorage(HTTPError):
    """507: there is no room for what was sent (RFC 4918)."""

    status = 507


class LoopDetected(HTTPError):
    """508: the request led to itself (RFC 5842)."""

    status = 508


class NetworkAuthenticationRequired(HTTPError):
    """511: the network wants a log-in first (RFC 6585)."""

    status = 511


class ResultMismatch(TypeError):
    """An endpoint returned what its annotation does not allow, where that is checked (PREFERENCE-2): a 500.

    The message names the endpoint, and each field with the reason; it holds no value.
    """

    def __init__(self, label: str, complaints: Sequence[str]) -> None:
        super().__init__(f"{label} returned what its annotation does not allow: {'; '.join(complaints)}")


class Unavailable(Exception):
    """503: what the service needs, a database or a cache, cannot be reached; the message says what and where.

    That is for who runs the service: it is logged, and in production not sent (ERROR-3).
    """

    status: ClassVar[int] = 503


class DeclarationError(Exception):
    """An API class, endpoint or parameter is declared in a way that cannot be served; the message names it."""


class ServiceError(RuntimeError):
    """The service cannot be used this way: a second one in the process, ``use`` after ``setup`` and the like."""


class UnknownBackend(ValueError):
    """``backend`` is nothing UtilMeta knows; the message lists what it does (SERVICE-3a)."""


class BackendNotInstalled(ImportError):
    """The framework of a known backend is not installed; the message has the pip command (SERVICE-3b)."""


class HookFailed(RuntimeError):
    """A startup hook raised; the message names the hook, the cause is chained (HOOK-7a)."""


class AddressUnavailable(OSError):
    """The service's address cannot be bound; the message names host and port (SERVICE-14)."""


class DependencyMissing(ImportError):
    """An optional package that a configuration needs is not installed; the message has the pip command."""


class CacheUnavailable(Unavailable):
    """503: a cache does not answer; the message names alias and address, its library's error is chained (CACHE-4)."""


class CacheValueError(ValueError):
    """A value cannot be kept in a cache as JSON, or what stands there is none; ``cache`` is its alias, once it is known
    (SECURITY-17a)."""

    def __init__(self, message: str, *, cache: str = "") -> None:
        super().__init__(message)
        self.cache = cache


class LockHeld(Exception):
    """A lock of a cache has another owner, who did not give it back in time."""


class LockExpired(Exception):
    """A lock of a cache expired before its owner was done, so that another may have had it too."""


class SettingsError(ServiceError):
    """Django's settings cannot be what a service says of them; the message names the setting, who says it, the cure."""
