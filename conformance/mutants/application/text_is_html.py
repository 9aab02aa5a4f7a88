"""A text is answered as text/html."""

from utilmeta.core.pipeline import responder

responder.TEXT = "text/html; charset=utf-8"
