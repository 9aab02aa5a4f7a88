"""Django gives an ASGI application unless it is asked for a WSGI one."""

from mutation import replace
from utilmeta.core.server.backends.django import DjangoAdapter

VARIANTS = ("django-sync",)

replace(DjangoAdapter.mode_of, "isinstance(application, ASGIHandler)", "application is None")
