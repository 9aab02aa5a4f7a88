"""Django's INSTALLED_APPS has applications of the implementation's own beside the user's."""

from utilmeta.core.server.django_setup import setup

LEVEL = "full"
original = setup.configure


def configure(state, named):
    return original(state, named)


def add(**values):
    apps = list(values.get("INSTALLED_APPS", ()))
    for name in ("django.contrib.contenttypes", "django.contrib.auth"):
        if name not in apps:
            apps.append(name)
    native(**{**values, "INSTALLED_APPS": apps})


native = setup.settings.configure
vars(setup.settings)["configure"] = add
