"""The media type of JSON names its charset."""

from utilmeta.core.pipeline import responder

LEVEL = "full"
responder.JSON = "application/json; charset=utf-8"
