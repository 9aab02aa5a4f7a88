"""A text is answered as text/html."""

from utilmeta.core.pipeline import dispatch

dispatch.TEXT = "text/html; charset=utf-8"
