"""Middleware of DjangoSettings beside a root route that may be left out is not warned of."""

from mutation import replace
from utilmeta.core.server import compilation

VARIANTS = ("django-sync", "django-async")

replace(
    compilation.compile_service,
    "adapter.has_middleware(application)",
    "service._injected is not None and adapter.has_middleware(application)",
)
