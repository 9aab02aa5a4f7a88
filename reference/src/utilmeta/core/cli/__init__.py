"""Clients: classes whose functions send requests to other services, by urllib, requests, httpx or aiohttp."""

from utilmeta.core.cli.client import Client
from utilmeta.core.cli.error import Aborted, ArgumentError, ClientError, StreamError, TimedOut, UnexpectedResponse
from utilmeta.core.cli.request import ClientRequest
from utilmeta.core.cli.retry import Retry

__all__ = [
    "Aborted",
    "ArgumentError",
    "Client",
    "ClientError",
    "ClientRequest",
    "Retry",
    "StreamError",
    "TimedOut",
    "UnexpectedResponse",
]
