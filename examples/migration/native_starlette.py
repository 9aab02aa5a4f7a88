"""A Starlette application that was there before."""

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def old(request: Request) -> PlainTextResponse:
    return PlainTextResponse("old")


app = application = Starlette(routes=[Route("/old", old)])


def serve(port: int) -> None:
    uvicorn.run(app, port=port)
