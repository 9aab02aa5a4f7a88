"""Bytes that an endpoint returns have a media type of the implementation's own."""

from utilmeta.core.pipeline import responder

LEVEL = "full"
responder.BINARY = "application/x-binary"
