"""Django's MIDDLEWARE has one of the implementation's own before the user's, which changes nothing."""

from mutation import replace
from utilmeta.core.server.django_setup import setup

LEVEL = "guides"
BREAKS = {"DJANGO-1c"}


def unchanged(get_response):
    return get_response


def with_more(values):
    return {**values, "MIDDLEWARE": [f"{setup.__name__}.unchanged", *values.get("MIDDLEWARE", ())]}


unchanged.async_capable = unchanged.sync_capable = True
setup.unchanged, setup.with_more = unchanged, with_more
replace(setup.configure, "settings.configure(**values)", "settings.configure(**with_more(values))")
