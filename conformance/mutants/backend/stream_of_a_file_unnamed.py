"""A file response of what is no file is an error that does not name it."""

from mutation import replace
from utilmeta.core.server.backends import django_responses

VARIANTS = ("django-async", "django-sync")

replace(django_responses.file, "source is None or ", "")
