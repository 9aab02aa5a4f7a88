"""The context of a request begins empty, without what native middleware has set."""

from contextvars import Context

from utilmeta.core.pipeline import dispatch

VARIANTS = ("flask-sync", "django-sync")

dispatch.copy_context = Context
