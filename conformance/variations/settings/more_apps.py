"""Django's INSTALLED_APPS has applications of the implementation's own beside the user's."""

from mutation import replace
from utilmeta.core.server.django_setup import setup

LEVEL = "guides"
BREAKS = {"DJANGO-1c"}


def with_more(values):
    apps = list(values.get("INSTALLED_APPS", ()))
    own = [name for name in ("django.contrib.contenttypes", "django.contrib.auth") if name not in apps]
    return {**values, "INSTALLED_APPS": [*apps, *own]}


setup.with_more = with_more
replace(setup.configure, "settings.configure(**values)", "settings.configure(**with_more(values))")
