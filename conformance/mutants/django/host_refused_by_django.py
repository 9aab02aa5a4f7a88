"""Where Django's own middleware refuses a Host first, the answer is its page."""

from mutation import replace
from utilmeta.core.server.backends.django import DjangoAdapter

VARIANTS = ("django-sync",)

replace(DjangoAdapter.install, "if settings.MIDDLEWARE:", "if False:")
