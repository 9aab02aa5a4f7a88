"""The Response class, which an endpoint returns to give its result a status or headers."""

from utilmeta.core.response.response import Response

__all__ = ["Response"]
