"""Django gives an ASGI application unless it is asked for a WSGI one."""

from utilmeta.core.server.backends.django import DjangoAdapter

VARIANTS = ("django-sync",)

DjangoAdapter.asynchronous = True
