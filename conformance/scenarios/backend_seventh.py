"""A seventh backend, written here on the implementation's own interface, and a service on it.

Its framework is a function that takes a WSGI environ. Only the probes import the names of the interface, for an
implementation need not have one.
"""

import importlib
import os
import sys
import tempfile

from scenario import ASYNCHRONOUS, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api


class Application:
    """The framework: hands each environ to `handle`, once there is one."""

    def __init__(self):
        self.handle = None

    def answer(self, method, path):
        from wsgiref.util import setup_testing_defaults

        environ = {"REQUEST_METHOD": method, "PATH_INFO": path}
        setup_testing_defaults(environ)
        status, _, body = self.handle(environ)
        return {"status": status, "body": body.decode()}


class RootAPI(api.API):
    @api.get("word/{word}")
    @in_mode
    def word(self, word: str):
        return {"word": word}


def adapter():
    from utilmeta.core.request.servers.wsgi import WSGIRequest
    from utilmeta.core.server.backends.base import Adapter

    class Seventh(Adapter):
        name = "seventh"
        asynchronous = False
        loop = False
        port = 7777

        def build(self):
            return Application()

        def install(self, application, handle):
            def answer(environ):
                self.deployment.lifecycle.start()
                return handle(WSGIRequest(environ))

            application.handle = answer

        def run(self, application, listener, options):
            raise NotImplementedError

    return Seventh


def answers(given, word):
    """What a service on the backend `given` answers to two requests, and what it says of itself."""
    started = []
    service = UtilMeta(
        __name__,
        name="backend_seventh",
        backend=given,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
    service.on_startup(lambda: started.append(word))
    application = service.application()
    return {
        "ours": type(application) is Application,
        "port": service.port,
        "answers": [application.answer("GET", path) for path in (f"/api/word/{word}", f"/api/{word}")],
        "started": started,
    }


def by_class(word):
    """The adapter class itself as the backend."""
    return answers(adapter(), word)


def by_entry_point(word):
    """The adapter by the name of its entry point, of a distribution on the path."""
    with tempfile.TemporaryDirectory() as folder:
        information = os.path.join(folder, "plugged_seventh-1.0.dist-info")
        os.mkdir(information)
        for name, text in (
            ("METADATA", "Metadata-Version: 2.1\nName: plugged-seventh\nVersion: 1.0\n"),
            ("entry_points.txt", f"[utilmeta.backends]\n{word} = plugged_seventh:ADAPTER\n"),
        ):
            with open(os.path.join(information, name), "w") as file:
                file.write(text)
        with open(os.path.join(folder, "plugged_seventh.py"), "w") as module:
            module.write("import backend_seventh\nADAPTER = backend_seventh.adapter()\n")
        sys.path.insert(0, folder)
        importlib.invalidate_caches()
        return answers(word, word)
