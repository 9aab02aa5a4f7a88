"""A FastAPI application that was there before."""

import uvicorn
from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

app = application = FastAPI()


@app.get("/old", response_class=PlainTextResponse)
async def old() -> str:
    return "old"


def serve(port: int) -> None:
    uvicorn.run(app, port=port)
