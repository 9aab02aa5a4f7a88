"""What is mounted is not there."""

from mutation import replace
from utilmeta.core.server.backends import django_routes

VARIANTS = ("django-sync", "django-async")

replace(django_routes.mount, "patterns.append(", "list(patterns).append(")
