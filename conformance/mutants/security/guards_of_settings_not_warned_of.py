"""Middleware of DjangoSettings beside a root route that may be left out is not warned of."""

from mutation import replace
from utilmeta.core.server import application

VARIANTS = ("django-sync", "django-async")

replace(
    application.compile_service,
    "adapter.has_middleware(application)",
    "state.injected is not None and adapter.has_middleware(application)",
)
