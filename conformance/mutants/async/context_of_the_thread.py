"""All requests that a thread answers have one context: its own."""

from mutation import replace
from utilmeta.core.pipeline import dispatch

VARIANTS = ("django-sync", "flask-sync")

replace(dispatch.compile_handle, "copy_context().run(answer, request)", "answer(request)")
