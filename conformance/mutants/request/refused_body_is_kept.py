"""Django's development server reads the rest of a refused body, all of it at once."""

from mutation import replace
from utilmeta.core.request.servers.django import DjangoWSGIRequest

VARIANTS = ("django-sync",)

replace(DjangoWSGIRequest.leave_unread, "stream.limit = 0", "pass")
