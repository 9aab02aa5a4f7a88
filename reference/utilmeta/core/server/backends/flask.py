"""Flask: a WSGI application, run by Flask's own development server.

The API is one rule that matches every path and method, and loses by weight to every native rule, whenever added.
"""

from __future__ import annotations

from collections.abc import Mapping
from inspect import Parameter
from socket import socket
from typing import Any

import flask
from werkzeug.routing import BaseConverter, Rule

from utilmeta.core.request.wsgi import WSGIRequest
from utilmeta.core.server.backends import werkzeug
from utilmeta.core.server.backends.base import Adapter, Handle, Listener, parameters_of


class EveryPath(BaseConverter):  # type: ignore[misc]
    """Any path at all, empty segments and line breaks included; asked after every other converter."""

    regex = "(?s:.*)"
    part_isolating = False
    weight = 1_000_000


class Complete:
    """Mixed into the application's response class: a reply has all its headers, so none is added, or made anew."""

    default_mimetype = None
    headers: Any

    def get_wsgi_headers(self, environ: Any) -> Any:
        return self.headers


class FlaskAdapter(Adapter):
    """``backend="flask"``."""

    name = "flask"
    asynchronous = False
    loop = False
    port = 5000

    @classmethod
    def accepts(cls, application: Any) -> bool:
        return isinstance(application, flask.Flask)

    def build(self) -> flask.Flask:
        return flask.Flask(self.deployment.module_name, static_folder=None)

    def install(self, application: flask.Flask, handle: Handle) -> None:
        lifecycle = self.deployment.lifecycle
        response_class = type("Reply", (Complete, application.response_class), {})
        current = flask.request

        def view(**path: str) -> Any:
            if not lifecycle.started:
                lifecycle.start()
            status, headers, body = handle(WSGIRequest(current.environ))
            return response_class([body], status, headers)

        application.url_map.converters["utilmeta"] = EveryPath
        application.view_functions["utilmeta"] = view
        application.url_map.add(
            Rule("/<utilmeta:path>", endpoint="utilmeta", merge_slashes=False, strict_slashes=False)
        )

    @classmethod
    def get_debug(cls, application: flask.Flask) -> bool:
        return bool(application.debug)

    def set_debug(self, application: flask.Flask, debug: bool) -> None:
        application.debug = debug

    def run_options(self, application: flask.Flask) -> Mapping[str, Parameter]:
        return {
            **parameters_of(flask.Flask.run, "host", "port"),
            **werkzeug.options(),
        }

    def listen(self, host: str, port: int) -> list[socket]:
        return werkzeug.listen(host, port)

    def run(self, application: flask.Flask, listener: Listener, options: Mapping[str, Any]) -> None:
        settings = {"load_dotenv": False, **options}
        werkzeug.run(application, self.deployment, listener, settings)


ADAPTER = FlaskAdapter
