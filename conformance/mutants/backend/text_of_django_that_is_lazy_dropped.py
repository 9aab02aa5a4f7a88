"""A text of Django's that is translated when it is read is none."""

from mutation import replace
from utilmeta.core.server.backends import django_responses

replace(django_responses.text, "isinstance(message, (str, Promise))", "isinstance(message, str)")
