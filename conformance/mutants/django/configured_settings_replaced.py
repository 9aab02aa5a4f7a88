"""Settings that the user has configured make way for those that UtilMeta puts together."""

from django.utils.functional import empty
from mutation import replace
from utilmeta.core.server.django_setup import setup

setup.empty = empty
replace(
    setup.install,
    "chosen = add(state, named) if settings.configured else configure(state, named)",
    "settings._wrapped = empty; chosen = configure(state, named)",
)
