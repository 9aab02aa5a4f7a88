"""Django's MIDDLEWARE has one of the implementation's own before the user's."""

from utilmeta.core.server.django_setup import setup

LEVEL = "full"


def add(**values):
    native(**{**values, "MIDDLEWARE": ["django.middleware.common.CommonMiddleware", *values.get("MIDDLEWARE", ())]})


native = setup.settings.configure
vars(setup.settings)["configure"] = add
