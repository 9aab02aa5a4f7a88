"""Backend for Flask: a WSGI application, run by Flask's own development server.

The API is one rule that matches every path and method, and has a lower priority than every native rule, whenever added.
In an injected application the path of a request that matched that rule, or a catch-all, is checked once more.
"""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Callable, Mapping
from inspect import Parameter
from socket import socket
from typing import Any

import flask
from werkzeug.exceptions import BadHost, NotFound
from werkzeug.routing import BaseConverter, Rule, WebsocketMismatch

from utilmeta.core.errors import log_line
from utilmeta.core.errors.framework import Convert, Describe
from utilmeta.core.request.servers.recorded_body import record
from utilmeta.core.request.servers.wsgi import WSGIRequest, closing
from utilmeta.core.server.backends import flask_debug_pages, flask_responses, flask_server
from utilmeta.core.server.backends.base import Adapter, Deployment, Handle, Lifecycle, Listener, parameters_of
from utilmeta.core.server.backends.graceful_stop import interrupted_by_termination

Match = Callable[..., tuple[Rule, Mapping[str, Any]]]

CATCH_ALL = re.compile(r"/?<path(\(.*\))?:\w+>")


class EveryPath(BaseConverter):  # type: ignore[misc]
    """Converter for any path at all, with empty segments and line breaks; it is tried after every other converter."""

    regex = "(?s:.*)"
    part_isolating = False
    weight = 1_000_000


class Complete:
    """Mixin for the application's response class that sends exactly the reply's headers."""

    default_mimetype = None
    headers: Any

    def get_wsgi_headers(self, environ: Any) -> Any:
        return self.headers


class OfExceptions(logging.Filter):
    """Logging filter that escapes Flask's messages about exceptions, which contain the request's path (SECURITY-2b)."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and str(record.msg).startswith("Exception on "):
            record.msg = log_line.one_line(record.msg)
        return True


class FlaskRequest(WSGIRequest):
    """Request for which Flask has made its own request object."""

    __slots__ = ("flask",)

    def __init__(self, flask_request: Any) -> None:
        super().__init__(flask_request.environ)
        self.flask = flask_request

    def framework_request(self) -> Any:
        return self.flask


class FlaskAdapter(Adapter):
    """Adapter of ``backend="flask"``."""

    name = "flask"
    asynchronous = False
    loop = False
    port = 5000

    @classmethod
    def is_for_development(cls, *, asynchronous: bool) -> bool:
        return True

    @classmethod
    def accepts(cls, application: Any) -> bool:
        return isinstance(application, flask.Flask)

    def build(self) -> flask.Flask:
        return flask.Flask(self.deployment.module_name, static_folder=None)

    def install(self, application: flask.Flask, handle: Handle) -> None:
        response_class = type("Reply", (Complete, application.response_class), {})
        current = flask.request

        def view(**path: str) -> Any:
            request = FlaskRequest(current._get_current_object())
            status, headers, body = handle(request)
            if request.unframed:
                headers = closing(headers)
            return response_class([body], status, headers)

        before = sum(endpoint.startswith(flask_debug_pages.ENDPOINT) for endpoint in application.view_functions)
        name = f"{flask_debug_pages.ENDPOINT}{before or ''}"
        application.url_map.converters["utilmeta"] = EveryPath
        application.view_functions[name] = view
        rule = Rule("/<utilmeta:path>", endpoint=name, merge_slashes=False, strict_slashes=False, build_only=before > 0)
        application.url_map.add(rule)
        ask_natives_again(application, rule, self.deployment)
        if not before:
            flask_debug_pages.withhold(application)
        log_line.add([application.name], OfExceptions())
        self.native_run = application.run
        if self.deployment.hooks:
            application.run = with_hooks(application.run, self.deployment.lifecycle)

    @classmethod
    def http_exceptions(cls) -> Mapping[type, Describe]:
        return flask_responses.EXCEPTIONS

    @classmethod
    def responses(cls) -> Mapping[type, Convert]:
        return flask_responses.RESPONSES

    @classmethod
    def get_debug(cls, application: flask.Flask) -> bool:
        return bool(getattr(application, "debug", False))

    def set_debug(self, application: flask.Flask, debug: bool) -> None:
        application.debug = debug

    @classmethod
    def has_middleware(cls, application: flask.Flask) -> bool:
        return any(application.before_request_funcs.values()) or "wsgi_app" in vars(application)

    @classmethod
    def path_of(cls, native: Any) -> bytes:
        return WSGIRequest(native.environ).path_bytes()

    def run_options(self, application: flask.Flask) -> Mapping[str, Parameter]:
        return {
            **parameters_of(flask.Flask.run, "host", "port"),
            **flask_server.options(),
        }

    def listen(self, host: str, port: int) -> list[socket]:
        return flask_server.listen(host, port)

    def run(self, application: flask.Flask, listener: Listener, options: Mapping[str, Any]) -> None:
        settings = {"load_dotenv": False, **options}
        flask_server.run(application, self.native_run, self.deployment, listener, settings)


def ask_natives_again(application: flask.Flask, api: Rule, deployment: Deployment) -> None:
    """Give the API the paths that a native catch-all has matched, and native routes those that the API's rule has.

    The rule is that of the first API; what it does not take may be another API's.
    """
    native, claims, takes = application.create_url_adapter, deployment.claims, deployment.takes
    injected, limit = deployment.injected, deployment.max_body_size

    def found(match: Match, environ: Any, *args: Any, **options: Any) -> Any:
        try:
            return chosen(match, environ, *args, **options)
        except WebsocketMismatch:  # raised for a GET that asks for an upgrade (RFC 9110, 7.8)
            rule, values = chosen(match, environ, *args, **{**options, "websocket": False})
            if rule is not api:
                raise
            return rule, values

    def chosen(match: Match, environ: Any, *args: Any, **options: Any) -> Any:
        try:
            rule, values = match(*args, **options)
        except NotFound:
            if not api.build_only or not takes(WSGIRequest(environ).path_bytes()):
                raise
            return api, {}
        if rule is api:
            if injected and not takes(WSGIRequest(environ).path_bytes()):
                raise NotFound
        elif CATCH_ALL.fullmatch(rule.rule) and claims(WSGIRequest(environ).path_bytes()):
            return api, {}
        return rule, values

    @functools.lru_cache
    def asking(kind: Any, malformed: bool) -> type[Any]:
        # A class, because a function that an adapter held would hold the adapter, and its request, in turn.
        class Asking(kind):  # type: ignore[misc]
            def match(self, *args: Any, **options: Any) -> Any:
                rule, values = found(super().match, self.environ, *args, **options)
                if rule is api:
                    record(self.environ, limit)
                elif malformed:
                    raise BadHost
                return rule, values

        return Asking

    def create_url_adapter(request: Any) -> Any:
        malformed = False
        try:
            adapter = native(request)
        except BadHost:  # the API answers for its own paths (SECURITY-8a)
            malformed = True
            adapter = application.url_map.bind_to_environ({**request.environ, "HTTP_HOST": "localhost"})
        if adapter is not None and request is not None:
            adapter.environ = request.environ
            adapter.__class__ = asking(type(adapter), malformed)  # type: ignore[arg-type]
        return adapter

    application.create_url_adapter = create_url_adapter


def with_hooks(native: Callable[..., None], lifecycle: Lifecycle) -> Callable[..., None]:
    """Return ``Flask.run`` for users who call it themselves: SIGTERM ends it too, and it runs shutdown hooks (HOOK-5).

    The first request starts the hooks.
    """

    @functools.wraps(native)
    def run(*args: Any, **options: Any) -> None:
        with interrupted_by_termination():
            try:
                native(*args, **options)
            finally:
                lifecycle.stop()

    return run


ADAPTER = FlaskAdapter
