"""A Sanic application that was there before."""

from sanic import HTTPResponse, Request, Sanic, text

app = application = Sanic("migration")


@app.get("/old")
async def old(request: Request) -> HTTPResponse:
    return text("old")


def serve(port: int) -> None:
    app.run(port=port, single_process=True)
