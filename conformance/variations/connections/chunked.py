"""The body of an answer is chunked, without a Content-Length."""

from utilmeta.core.server.backends import asgi

LEVEL = "guides"
BREAKS = {"BACKEND-7", "ROUTE-2c"}
VARIANTS = ("starlette-async", "fastapi-async", "starlette-sync", "fastapi-sync")


async def send_reply(send, status, headers, body):
    await original(send, status, [each for each in headers if each[0] != "Content-Length"], body)


original = asgi.send_reply
asgi.send_reply = send_reply
