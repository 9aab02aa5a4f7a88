"""The Response class, which an endpoint returns to give its result a status or headers; streams, which clients read."""

from utilmeta.core.response.events import ServerSentEvent
from utilmeta.core.response.response import Response
from utilmeta.core.response.stream import NDJSONResponse, SSEResponse

__all__ = ["NDJSONResponse", "Response", "SSEResponse", "ServerSentEvent"]
