"""An API takes the transactions of the project's own views away."""

from mutation import replace
from utilmeta.core.server.backends import django

VARIANTS = ("django-sync", "django-async")

replace(
    django.exempt,
    "view._non_atomic_requests = set(settings.DATABASES)",
    "[entry.update(ATOMIC_REQUESTS=False) for entry in settings.DATABASES.values()]",
)
