"""The text of a SuspiciousOperation is sent."""

from mutation import replace
from utilmeta.core.server.backends import django_responses

replace(django_responses.private, "private=True", "str(error)")
