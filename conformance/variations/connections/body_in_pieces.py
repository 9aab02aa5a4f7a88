"""The body of an answer is sent in two pieces."""

from utilmeta.core.server.backends import asgi

LEVEL = "full"
VARIANTS = ("starlette-async", "fastapi-async", "starlette-sync", "fastapi-sync")


async def send_reply(send, status, headers, body):
    async def in_pieces(message):
        if message["type"] == "http.response.body":
            half = len(message["body"]) // 2
            await send({**message, "body": message["body"][:half], "more_body": True})
            message = {**message, "body": message["body"][half:]}
        await send(message)

    await original(in_pieces, status, headers, body)


original = asgi.send_reply
asgi.send_reply = send_reply
