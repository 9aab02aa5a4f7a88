"""Makes replies: the status, headers and body of an endpoint's result, or of an exception."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from copy import copy
from typing import Any

from utilmeta.core.api.cors import granting, merged
from utilmeta.core.errors.exception_group import http_error
from utilmeta.core.errors.exception_log import forget, log_raised
from utilmeta.core.errors.framework import converted
from utilmeta.core.errors.interruption import raise_interruption
from utilmeta.core.pipeline.call import Plan
from utilmeta.core.request.request import Request
from utilmeta.core.response.encoding import Encode, Encoded
from utilmeta.core.response.lazy import release
from utilmeta.core.response.problem import CONTENT_TYPE, encode, is_public, members, problem, sentence, status_of
from utilmeta.core.response.response import NO_CONTENT, Response, checked_status, headers_of
from utilmeta.core.response.template import response_to

Reply = tuple[int, list[tuple[str, str]], bytes]
"""Status, headers and body, as the client gets them; a server adds only the headers that it signs with."""

Content = tuple[bytes, str]
"""A body and its content type."""

TEXT = "text/plain; charset=utf-8"
BINARY = "application/octet-stream"
JSON = "application/json"
NO_HEADERS: Sequence[tuple[str, str]] = ()

# What is sent where nothing else can be.
LAST_RESORT = encode(members(500, ""))

log = logging.getLogger("utilmeta")


class Responder:
    """Makes the replies of a service.

    ``encode`` makes the JSON of a result. In ``production``, details of errors that are not HTTP errors are left out.
    """

    def __init__(self, encode: Encode, *, production: bool) -> None:
        self.encode = encode
        self.production = production

    def reply(self, result: Any, request: Request, label: str) -> Reply:
        """The reply to a result: text/plain for str, octets for bytes, what a Response says, JSON for all else."""
        kind = type(result)
        if kind is str:
            body = result.encode()
            content_type = TEXT
        elif kind is dict or kind is list:
            body, content_type = self.encode(result), JSON
        elif isinstance(result := converted(result), Response):
            return self.respond(result, request, label)
        else:
            body, content_type = self.content(result)
        headers = [("Content-Type", content_type), ("Content-Length", str(len(body))), ("X-Request-ID", request.id)]
        return 200, headers, b"" if request.method == "HEAD" else body

    def content(self, result: Any) -> Content:
        """The body of a result that is no Response, and the content type that it has unless another one is given."""
        if isinstance(result, str):
            return str.encode(result), TEXT
        if isinstance(result, (bytes, bytearray, memoryview)):
            return bytes(result), JSON if isinstance(result, Encoded) else BINARY
        return self.encode(result), JSON

    def encoded(self, result: Any) -> Any:
        """The result with its JSON made and its status and headers checked, to pass to ``reply`` later.

        A transaction commits only what can be sent. Raises what encoding or the check raises.
        """
        result = converted(result)
        if not isinstance(result, Response):
            body, content_type = self.content(result)
            return Encoded(body) if content_type is JSON else result
        result.check()
        if not result.has_content:
            return result
        if result.error is not None:
            self.content_of_error(result, result.error)
            return result
        body, content_type = self.content(result.content)
        if content_type is not JSON:
            return result
        sent = copy(result)
        sent.result = Encoded(body)
        return sent

    def respond(self, response: Response, request: Request, label: str) -> Reply:
        """The reply to a Response. Raises ValueError for a status or header that cannot be sent."""
        status, said, own = response.check()
        identity = ("X-Request-ID", request.id)
        if response.background is not None:
            request.background = response.background
        if response.error is not None and not is_public(response.error):
            self.log(response.error, request, label)
        if status in NO_CONTENT:
            if response.result is not None:
                release(response.result)
            return status, [*lengths(status), *own, identity], b""
        if response.error is None:
            body, content_type = self.content(response.content)
        else:
            body, content_type = self.content_of_error(response, response.error)
            forget(response.error)
        headers = [("Content-Type", said or content_type), ("Content-Length", str(len(body)))]
        return status, [*headers, *own, identity], b"" if request.method == "HEAD" else body

    def content_of_error(self, response: Response, error: BaseException) -> Content:
        """The body of a Response made of an error: the template's object if that holds the message, else a problem."""
        if response.message_key is None:
            return (
                problem(error, production=self.production, status=response.status, message=response.message),
                CONTENT_TYPE,
            )
        if response.message is None:
            response.message = sentence(error, production=self.production)
        return self.encode(response.content), JSON

    def reply_to_error(self, raised: BaseException, request: Request, plan: Plan | None = None) -> Reply:
        """The reply to any exception. If making it raises another exception, that one is answered instead.

        Raises nothing (ERROR-6) but what the server itself has sent (ERROR-5a).
        """
        raise_interruption(raised)
        granted = NO_HEADERS
        try:
            if plan is not None and plan.cors is not None:
                granted = plan.cors.granted(request)
            return self.respond_to_error(http_error(raised), request, plan, granted)
        except BaseException as broken:  # noqa: BLE001 - its class may be the user's, a header none
            raise_interruption(broken)
            try:
                return self.respond_to_error(broken, request, plan, granted)
            except BaseException as again:  # noqa: BLE001 - the template's class may be the user's too
                raise_interruption(again)
                self.log(again, request, "" if plan is None else plan.label)
                length = str(len(LAST_RESORT))
                headers = [("Content-Type", CONTENT_TYPE), ("Content-Length", length), ("X-Request-ID", request.id)]
                return 500, [*headers, *granted], b"" if request.method == "HEAD" else LAST_RESORT
        finally:
            forget(raised)

    def respond_to_error(
        self,
        error: BaseException,
        request: Request,
        plan: Plan | None = None,
        granted: Sequence[tuple[str, str]] = (),
    ) -> Reply:
        """The reply to an exception, in the endpoint's template or as a problem; ``granted`` are its headers of CORS.

        An exception that is no HTTP error is logged with its traceback. Raises what a template or header raises.
        """
        label, template = ("", None) if plan is None else (plan.label, plan.template)
        own, status = headers_of(error), checked_status(status_of(error))
        sent = response_to(error)
        if sent is not None:
            return self.respond(granting(sent, granted), request, label)
        if template is not None and template.message_key is not None:
            return self.respond(granting(template(error=error), granted), request, label)
        if not is_public(error):
            self.log(error, request, label)
        if status in NO_CONTENT:
            return status, [*lengths(status), *merged(granted, own), ("X-Request-ID", request.id)], b""
        body = problem(error, production=self.production, status=status)
        headers = [
            ("Content-Type", CONTENT_TYPE),
            ("Content-Length", str(len(body))),
            *merged(granted, own),
            ("X-Request-ID", request.id),
        ]
        return status, headers, b"" if request.method == "HEAD" else body

    def log(self, error: BaseException, request: Request, label: str) -> None:
        """Log an exception with its traceback; ``label`` is the endpoint's."""
        message = "%s %s: %s failed (request %s)"
        log_raised(log, message, request.method, request.raw_path, label, request.id, error=error)


def lengths(status: int) -> Sequence[tuple[str, str]]:
    """The header that says that there is no content, where the status alone does not (RFC 9110, 8.6 and 15.3.6)."""
    return (("Content-Length", "0"),) if status == 205 else ()
