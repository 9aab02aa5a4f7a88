"""Bytes that an endpoint returns have a media type of the implementation's own."""

from utilmeta.core.pipeline import responder

LEVEL = "guides"
BREAKS = {"BACKEND-7"}
responder.BINARY = "application/x-binary"
