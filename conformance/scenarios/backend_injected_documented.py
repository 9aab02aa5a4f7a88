"""An application of the framework, with a native route, that is given as backend, as the page has it."""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api

NATIVE = f"native {NONCE}"


def flask_application():
    from flask import Flask

    application = Flask(__name__)

    @application.get("/native")
    def native():
        return NATIVE

    return application


def starlette_application():
    from starlette.applications import Starlette
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    async def native(request):
        return PlainTextResponse(NATIVE)

    return Starlette(routes=[Route("/native", native)])


def fastapi_application():
    from fastapi import FastAPI
    from fastapi.responses import PlainTextResponse

    application = FastAPI(debug=False)

    @application.get("/native", response_class=PlainTextResponse)
    async def native():
        return NATIVE

    return application


def sanic_application():
    from sanic import Sanic
    from sanic.response import text

    application = Sanic("backend_injected_documented")

    @application.get("/native")
    async def native(request):
        return text(NATIVE)

    return application


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = UtilMeta(
    __name__,
    name="backend_injected_documented",
    backend=globals()[f"{BACKEND}_application"](),
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)

app = service.application()
