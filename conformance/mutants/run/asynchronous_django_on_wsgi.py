"""run() of an asynchronous Django calls its ASGI application once a request, from a WSGI server."""

import asyncio
import socketserver
from wsgiref.simple_server import WSGIServer, make_server

from utilmeta.core.server.backends.django import DjangoAdapter

VARIANTS = ("django-async",)


class Threaded(socketserver.ThreadingMixIn, WSGIServer):
    """A server that answers each connection in a thread."""

    daemon_threads = True


def called(application):
    """The ASGI application as a WSGI one, for requests without a body."""

    def answer(environ, start_response):
        sent, body = [], [{"type": "http.request", "body": b""}]

        async def receive():
            return body.pop() if body else await asyncio.Event().wait()

        async def send(message):
            sent.append(message)

        names = [name for name in environ if name.startswith("HTTP_")]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": environ["REQUEST_METHOD"],
            "scheme": "http",
            "path": environ["PATH_INFO"],
            "raw_path": environ["PATH_INFO"].encode("latin-1"),
            "root_path": "",
            "query_string": environ["QUERY_STRING"].encode(),
            "headers": [(name[5:].replace("_", "-").lower().encode(), environ[name].encode()) for name in names],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 2),
        }
        asyncio.run(application(scope, receive, send))
        headers = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
        start_response(f"{sent[0]['status']} -", headers)
        return [message.get("body", b"") for message in sent[1:]]

    return answer


def run(self, application, listener, options):
    for sock in listener.sockets:
        sock.close()
    with make_server(listener.host, listener.port, called(application), Threaded) as server:
        listener.ready()
        server.serve_forever()


DjangoAdapter.run = run
