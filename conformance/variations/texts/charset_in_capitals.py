"""The charset of a text is spelled in capitals, without a space before it."""

from utilmeta.core.pipeline import responder

LEVEL = "full"
responder.TEXT = "text/plain;charset=UTF-8"
