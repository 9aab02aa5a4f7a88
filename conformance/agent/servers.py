"""In-process servers, one for each kind of application: each takes a listening socket and serves until it is ended.

Each function calls `report(**facts)` with what the harness stamps into its report (the class that owns the socket, the
HTTP parser, the event loop's class) once the server exists, then serves.
"""

import asyncio
import socket
from collections.abc import Callable, Mapping
from typing import Any

from conformance_agent.introspection import class_name

Options = Mapping[str, str]
Report = Callable[..., None]
Serve = Callable[[Any, socket.socket, Options, Report], None]


def werkzeug(
    application: Any, listener: socket.socket, options: Mapping[str, str], report: Callable[..., None]
) -> None:
    """Serve a WSGI application with werkzeug, a thread for each request."""
    from werkzeug.serving import make_server

    host, port = listener.getsockname()[:2]
    server = make_server(host, port, application, threaded=True, fd=listener.fileno())
    report(server=class_name(type(server)), http_parser="http.server", event_loop=None)
    server.serve_forever()


def django(application: Any, listener: socket.socket, options: Options, report: Report) -> None:
    """Serve a WSGI application with the server classes of Django's runserver, a thread for each request."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    host, port = listener.getsockname()[:2]
    server = ThreadedWSGIServer((host, port), WSGIRequestHandler, ipv6=":" in host, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    server.server_address = (host, port)
    server.server_name, server.server_port = host, port
    server.setup_environ()
    server.set_app(application)
    report(server=class_name(type(server)), http_parser="http.server", event_loop=None)
    server.serve_forever()


def uvicorn(application: Any, listener: socket.socket, options: Options, report: Report) -> None:
    """Serve an ASGI application with uvicorn; `options` may name its HTTP parser (`http`) and event loop (`loop`)."""
    from uvicorn import Config, Server

    config = Config(
        application,
        http=options.get("http", "auto"),
        loop=options.get("loop", "auto"),
        lifespan="auto",
        proxy_headers=False,
        log_level="warning",
    )
    config.load()
    server = Server(config)
    factory = config.get_loop_factory() or asyncio.new_event_loop
    loop = factory()
    asyncio.set_event_loop(loop)
    report(
        server=class_name(type(server)),
        http_parser=config.http_protocol_class.__name__,
        event_loop=class_name(type(loop)),
    )
    loop.run_until_complete(server.serve(sockets=[listener]))


def sanic(application: Any, listener: socket.socket, options: Options, report: Report) -> None:
    """Serve a Sanic application with Sanic's own server, in a single process."""
    from sanic.server import protocols

    async def tell(app: object) -> None:
        report(
            server=class_name(protocols.http_protocol.HttpProtocol),
            http_parser="sanic",
            event_loop=class_name(type(asyncio.get_running_loop())),
        )

    application.register_listener(tell, "after_server_start")
    application.run(sock=listener, single_process=True, access_log=False, motd=False)


def tornado(application: Any, listener: socket.socket, options: Options, report: Report) -> None:
    """Serve a Tornado application with its HTTPServer, on an asyncio loop."""
    from tornado.httpserver import HTTPServer

    async def main() -> None:
        server = HTTPServer(application)
        listener.setblocking(False)
        server.add_socket(listener)
        loop = asyncio.get_running_loop()
        report(server=class_name(type(server)), http_parser="tornado", event_loop=class_name(type(loop)))
        await asyncio.Event().wait()

    asyncio.run(main())


BY_NAME: dict[str, Serve] = {serve.__name__: serve for serve in (werkzeug, django, uvicorn, sanic, tornado)}
