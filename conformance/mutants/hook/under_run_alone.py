"""Hooks run under run() alone, not where another server has the application."""

from mutation import replace
from utilmeta.core.pipeline import dispatch

VARIANTS = ("flask-sync", "django-sync")

replace(dispatch.compile_handle, "if not lifecycle.started:", "if False:")
