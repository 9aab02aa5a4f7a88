"""Responses: what an endpoint returns when a status or headers of its own go with the result."""

from utilmeta.core.response.response import Response

__all__ = ["Response"]
