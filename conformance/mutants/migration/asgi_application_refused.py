"""Django's ASGI application needs asynchronous=True."""

from mutation import replace
from utilmeta.core.server.backends.django import DjangoAdapter

VARIANTS = ("django-async",)

replace(DjangoAdapter.mode_of, "isinstance(application, ASGIHandler)", "False")
