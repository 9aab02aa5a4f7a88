"""Probes of time zones: which `Time` takes and refuses, and what Django's settings then say."""

import functools
import os
import time
import zoneinfo

from scenario import ASYNCHRONOUS, BACKEND, apart, raised
from utilmeta import UtilMeta
from utilmeta.conf import Time


def refused(names):
    """What `Time(time_zone=name)` raises for each of the names: its classes and its message; None where it does not."""
    return [raised(Time, time_zone=name) for name in names]


def refused_without_data(names):
    """The same where the machine has no zone data."""
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    return refused(names)


def django_settings(local, each, documented=False):
    """Django's settings after `setup()` where `local` is the machine's zone, for each of what `Time` is given; with
    None none is used. With `documented` there are DjangoSettings too, as the page has it."""
    import django.urls  # once, and not in every child
    import django.utils.log  # noqa: F401

    os.environ["TZ"] = local
    time.tzset()
    return [apart(functools.partial(settings_with, given, documented))[0] for given in each]


def settings_with(given, documented):
    service = UtilMeta(__name__, name="time_zones", backend=BACKEND, asynchronous=ASYNCHRONOUS, production=False)
    if documented:
        from utilmeta.core.server.backends.django import DjangoSettings

        service.use(DjangoSettings(secret_key="key of a probe"))
    elif BACKEND != "django":  # then something has to need Django
        from utilmeta.core.cache import Cache, CacheConnections

        service.use(CacheConnections({"default": Cache(engine="locmem")}))
    if given is not None:
        service.use(Time(**given))
    service.setup()
    from django.conf import settings

    return {"USE_TZ": settings.USE_TZ, "TIME_ZONE": settings.TIME_ZONE}
