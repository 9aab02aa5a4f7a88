"""Responses: a result with a status, headers or content type, and templates that results are put into.

A subclass of Response is a template. It declares the keys under which the result, a message, a count and a state are
sent, and the status and headers where a Response gives none.

    class Wrapped(Response):
        result_key = "data"
        message_key = "message"

    {"data": <the result>, "message": ""}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Generic

from typing_extensions import TypeVar

from utilmeta.core.errors.exception_group import http_error
from utilmeta.core.errors.framework import answer_of
from utilmeta.core.response.cookies import Cookies, set_cookie
from utilmeta.core.response.encoding import Encoded
from utilmeta.core.response.headers import SINGLE, Fields, ResponseHeaders, checked_headers, safe, sendable
from utilmeta.core.response.problem import status_of
from utilmeta.core.response.received import encodable, passed_on
from utilmeta.utils.exceptions import DeclarationError, HTTPError

Headers = Mapping[str, Any] | Iterable[tuple[str, Any]]
"""Headers as they are given: each value a text or a number."""
Head = tuple[int, str | None, Fields]
"""Status, content type and other headers, checked and never changed."""

RECEIVED = -1  # in place of a status, for headers that a Client got
NO_CONTENT = frozenset({204, 205, 304})  # RFC 9110, 15.3.5, 15.3.6 and 15.4.5
SAID_ELSEWHERE = frozenset({"status_code", "content_type", "media_type", "cookies"})
KEYS = ("result_key", "message_key", "count_key", "state_key")


Result = TypeVar("Result", default=Any)


class Response(Generic[Result]):
    """A result with a status, headers or cookies, which an endpoint or hook returns; a subclass is a template.

    ``Response[Point]`` is for type checkers a Response whose result is a Point. A template that is a subclass of it, or
    of a generic one, has that as its ``result`` (RESPONSE-11).

    ``result`` is encoded as if the endpoint had returned it; None with a status that has no content is no body.
    ``headers`` is a mapping, or pairs where a name repeats; as an attribute it is a mapping that finds a name whatever
    its case, and ``fields`` are the pairs. ``cookies`` maps names to texts, or to mappings of
    ``value``, ``max_age`` (seconds), ``expires`` (a datetime), ``path``, ``domain``, ``secure``, ``httponly`` and
    ``samesite`` (RFC 6265). ``error`` is an exception, or the Error that a hook was given: it gives the status and the
    body. ``message``, ``count`` and ``state`` are sent where the template has a key for them.

    Raises TypeError or ValueError, naming the argument, for an invalid status, and for a header or cookie that would
    break out of its line.
    """

    __slots__ = (
        "_checked",
        "_settled",
        "count",
        "data",
        "error",
        "fields",
        "message",
        "request",
        "result",
        "state",
        "status",
    )

    result_key: ClassVar[str | None] = None
    message_key: ClassVar[str | None] = None
    count_key: ClassVar[str | None] = None
    state_key: ClassVar[str | None] = None
    name: ClassVar[str] = ""
    description: ClassVar[str] = ""
    strict: ClassVar[bool] = False

    background: ClassVar[Any] = None  # the framework's background task, awaited after the response has been sent

    _status: ClassVar[int] = 200
    _headers: ClassVar[tuple[tuple[str, str], ...]] = ()
    _keys: ClassVar[tuple[tuple[str, str], ...]] = ()

    _checked: Head
    _settled: tuple[
        int, Sequence[tuple[str, str]]
    ]  # the status and headers that were checked, or those that a Client got, as RECEIVED
    request: Any  # the request that it answers, for hooks and plugins
    data: Any  # of an answer to a client alone: the whole body, parsed where it is JSON (CLIENT-g11)
    result: Result
    status: int
    fields: Fields  # the headers, as pairs of names and values

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        own = vars(cls)
        check_attributes(cls.__qualname__, own)
        try:
            if "status" in own:
                cls._status = checked_status(own["status"])
            if "headers" in own:
                cls._headers = tuple(sendable(checked_headers(own["headers"])))
                del cls.headers  # which is the property again
        except (TypeError, ValueError) as error:
            raise DeclarationError(f"{cls.__qualname__}: {error}") from error
        keys = {name.removesuffix("_key"): key for name in KEYS if (key := getattr(cls, name)) is not None}
        for name, key in keys.items():
            if not isinstance(key, str) or not key:
                raise DeclarationError(f"{cls.__qualname__}.{name}_key is the name of a member, a text, not {key!r}")
        if len(set(keys.values())) < len(keys):
            raise DeclarationError(f"{cls.__qualname__}: two of its keys are one: {', '.join(keys.values())}")
        if keys and "result" not in keys:
            raise DeclarationError(
                f"{cls.__qualname__}.{next(iter(keys))}_key has no result_key beside it, so there is no place for the "
                "result; give it one"
            )
        cls._keys = tuple(keys.items())

    def __init__(
        self,
        result: Result = None,  # type: ignore[assignment]  # then there is none
        status: int | None = None,
        *,
        headers: Headers | None = None,
        cookies: Cookies | None = None,
        error: Any = None,
        state: Any = None,
        message: str | None = None,
        count: int | None = None,
        content_type: str | None = None,
    ) -> None:
        self.error: BaseException | None = None if error is None else exception_of(error)
        if status is not None:
            self.status = checked_status(status)
        else:
            self.status = self._status if self.error is None else checked_status(status_of(self.error))
        self.result = result
        self.state = state
        self.message = message
        self.count = count
        own: Fields = [] if headers is None else list(checked_headers(headers))
        if self.error is not None:
            said = {name.lower() for name, _ in own} & SINGLE
            own += [pair for pair in headers_of(self.error) if pair[0].lower() not in said]
        self.fields = sendable(own) if own else own
        if self._headers:
            said = {name.lower() for name, _ in own}
            self.fields[:0] = [pair for pair in self._headers if pair[0].lower() not in said]
        if content_type is not None and (said_type := safe("content_type", content_type)):
            self.fields = [("Content-Type", said_type), *apart(self.fields)[1]]
        if cookies:
            self.fields += [("Set-Cookie", set_cookie(name, cookie)) for name, cookie in cookies.items()]
        self.settle()

    @property
    def headers(self) -> ResponseHeaders:
        """The headers as a mapping; what is set there is sent, and a number becomes a text.

        It can be given a mapping or pairs, too. Raises TypeError or ValueError, naming the header, for what would break
        out of its line (API-g39), and for a second one of a name that has one value (RESPONSE-1i).
        """
        return ResponseHeaders(self.fields)

    @headers.setter
    def headers(self, headers: Headers) -> None:
        self.fields[:] = sendable(checked_headers(headers))

    @property
    def content_type(self) -> str | None:
        """The header Content-Type; None, or an empty text, where the result decides.

        Setting it raises TypeError or ValueError for what no header can hold, and nothing is changed then.
        """
        return self.headers.get("Content-Type")  # type: ignore[return-value]

    @content_type.setter
    def content_type(self, content_type: str | None) -> None:
        said = "" if content_type is None else safe("content_type", content_type)
        if said:
            self.headers["Content-Type"] = said
        else:
            self.headers.pop("Content-Type", None)

    def check(self) -> Head:
        """Return the status, content type and other headers to send, checked again if they have changed.

        The caller gets lists that do not change later. Raises what the constructor raises (SECURITY-12a).
        """
        if self._settled[0] == RECEIVED:
            self.fields = passed_on(self.fields, self._settled[1])
            if not self._keys and self.error is None:
                headers = ResponseHeaders(self.fields)
                self.result, said = encodable(self.result, str(headers.get("Content-Type", "")))
                if said:
                    headers["Content-Type"] = said
        if self._settled != (self.status, self.fields):
            status, fields = checked_status(self.status), sendable(checked_headers(self.fields))
            self.status = status
            if fields != self.fields:
                self.fields = fields
            self.settle()
        return self._checked

    def settle(self) -> None:
        """Remember the status and headers as checked."""
        status, fields = self._settled = (self.status, self.fields.copy())
        content_type, others = apart(fields) if fields else (None, fields)
        self._checked = (status, content_type, others)

    @property
    def has_content(self) -> bool:
        """Whether the status may carry content."""
        return self.status not in NO_CONTENT

    @property
    def content(self) -> Any:
        """The value to encode: the result, or the object that the template makes of it; Encoded is that object."""
        if not self._keys or isinstance(self.result, Encoded):
            return self.result
        made = {key: getattr(self, name) for name, key in self._keys}
        if self.message is None and self.message_key is not None:
            made[self.message_key] = ""
        return made


def apart(fields: Fields) -> tuple[str | None, Fields]:
    """Return the Content-Type among the headers, or None, and the others."""
    content_type: str | None = None
    others: Fields = []
    for field in fields:
        if field[0].lower() == "content-type":
            content_type = field[1]
        else:
            others.append(field)
    return content_type, others


def check_attributes(label: str, own: Mapping[str, Any]) -> None:
    """Raise DeclarationError for an attribute of a template that would have no effect."""
    for name in own:
        if (name.endswith("_key") and not name.startswith("_") and name not in KEYS) or name in SAID_ELSEWHERE:
            raise DeclarationError(
                f"{label}.{name} is nothing of a template; there are {', '.join(KEYS)}, status, headers, name, "
                "description, strict and the annotation of result; all else is given to a Response"
            )
    if not isinstance(own.get("strict", False), bool):
        raise DeclarationError(f"{label}.strict is True or False, not {own['strict']!r}")


def exception_of(error: Any) -> BaseException:
    """Return the exception of an ``error`` argument. Raises TypeError for anything else."""
    exception = error if isinstance(error, BaseException) else getattr(error, "exception", None)
    if not isinstance(exception, BaseException):
        raise TypeError(f"error is an exception, or the Error that a hook was given, not {error!r}")
    return http_error(exception)


def headers_of(error: BaseException | None) -> list[tuple[str, str]]:
    """Return the headers that an exception adds to its answer, without Content-Type.

    Raises what a Response raises for them.
    """
    if error is None:
        return []
    answer = error if isinstance(error, HTTPError) else answer_of(error)
    if answer is None:
        return []
    checked_status(answer.status)
    return apart(sendable(checked_headers(answer.headers)))[1]


def checked_status(status: Any) -> int:
    """Return a status as an int. Raises TypeError or ValueError for what is not between 200 and 599."""
    if isinstance(status, bool) or not isinstance(status, int):
        raise TypeError(f"a response status is a number, not {status!r}")
    if not 200 <= status <= 599:
        raise ValueError(f"a response status is between 200 and 599, not {status}")
    return int(status)
