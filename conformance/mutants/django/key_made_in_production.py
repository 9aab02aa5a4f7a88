"""A missing secret key is made in production too."""

from mutation import replace
from utilmeta.core.server.django_setup.settings import needs_key

replace(needs_key, "if state.production:", "if False:")
