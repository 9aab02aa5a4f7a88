"""The two endpoints that attestation asks, by hand on each framework; SCENARIO_FAULT breaks one thing."""

import asyncio
import os
import tempfile
import threading
import time

BACKEND = os.environ["SCENARIO_BACKEND"]
FAULT = os.environ.get("SCENARIO_FAULT", "")
NONCE = "another" if FAULT == "nonce" else os.environ["SCENARIO_NONCE"]

if FAULT == "import":
    raise RuntimeError("the scenario cannot be imported")
if FAULT == "hang":
    time.sleep(60)
if FAULT == "die":
    os._exit(7)


def whereabouts():
    try:
        loop = id(asyncio.get_running_loop())
    except RuntimeError:
        loop = None
    pid = os.getppid() if FAULT == "pid" else os.getpid()
    nonce = "another" if FAULT == "second nonce" else NONCE
    return {"nonce": nonce, "pid": pid, "thread": threading.get_ident(), "loop": loop}


def whereabouts_in_a_thread():
    """What an "async" implementation does that runs its handlers in threads, each with a loop of its own."""
    told = {}

    async def handler():
        told.update(whereabouts())

    thread = threading.Thread(target=lambda: asyncio.run(handler()))
    thread.start()
    thread.join()
    return told


def flask_application():
    from flask import Flask, Response

    class Impostor(Flask):
        """Is a Flask, but answers by itself."""

        def __call__(self, environ, start_response):
            with self.request_context(environ):
                answer = NONCE if environ["PATH_INFO"] == "/api/nonce" else whereabouts()
                return self.make_response(answer)(environ, start_response)

    app = Impostor(__name__) if FAULT == "impostor" else Flask(__name__)
    app.add_url_rule("/api/nonce", "nonce", lambda: NONCE)
    app.add_url_rule("/api/whereabouts", "whereabouts", whereabouts)

    def breaks_off():
        def chunks():
            yield b"the first half"
            os._exit(9)

        return Response(chunks(), headers={"Content-Length": "100"})

    app.add_url_rule("/api/breaks-off", "breaks_off", breaks_off)
    app.add_url_rule("/api/sleeps", "sleeps", lambda: time.sleep(60) or "late")
    return app


def starlette_application():
    from starlette.applications import Starlette
    from starlette.responses import JSONResponse, PlainTextResponse
    from starlette.routing import Route

    async def nonce(request):
        return PlainTextResponse(NONCE)

    async def where(request):
        return JSONResponse(whereabouts_in_a_thread() if FAULT == "thread" else whereabouts())

    return Starlette(routes=[Route("/api/nonce", nonce), Route("/api/whereabouts", where)])


def sanic_application():
    from sanic import Sanic
    from sanic.response import json, text

    app = Sanic("handmade")

    async def nonce(request):
        return text(NONCE)

    async def where(request):
        return json(whereabouts())

    app.add_route(nonce, "/api/nonce")
    app.add_route(where, "/api/whereabouts")
    return app


def probe(value):
    return {"value": value, "pid": os.getpid()}


def failing_probe():
    raise ValueError("the probe says no")


def leaving_probe():
    return tempfile.mkdtemp()


def printing_probe():
    print("a word on standard output")


build = {"flask": flask_application, "starlette": starlette_application, "sanic": sanic_application}
app = build["starlette" if FAULT == "framework" else BACKEND]()

if __name__ == "__main__":
    address = {"host": os.environ["SCENARIO_HOST"], "port": int(os.environ["SCENARIO_PORT"])}
    if BACKEND == "starlette":
        import uvicorn

        uvicorn.run(app, **address)
    else:
        app.run(**address)
