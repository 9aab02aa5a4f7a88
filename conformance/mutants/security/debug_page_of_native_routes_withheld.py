"""No native route has a debug page either."""

from mutation import replace
from utilmeta.core.server.backends import django_debug_pages

VARIANTS = ("django-sync", "django-async")

replace(django_debug_pages.is_native, "match is not None and not is_api(match.func)", "False")
