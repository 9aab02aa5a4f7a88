"""A connection is closed after each answer."""

from utilmeta.core.server.backends import asgi

LEVEL = "full"
VARIANTS = ("starlette-async", "fastapi-async", "django-async", "starlette-sync", "fastapi-sync")


async def send_reply(send, status, headers, body):
    await original(send, status, [*headers, ("Connection", "close")], body)


original = asgi.send_reply
asgi.send_reply = send_reply
