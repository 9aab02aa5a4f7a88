"""A test client is answered by what the framework knows alone."""

from mutation import replace
from utilmeta.core.server.backends import django_routes

VARIANTS = ("django-sync", "django-async")

replace(django_routes.answer_test_clients, "BaseHandler.resolve_request = resolve_request", "pass")
