"""The text of a SuspiciousOperation is sent."""

from mutation import replace
from utilmeta.core.server.backends import django_answers

replace(django_answers.private, "private=True", "str(error)")
