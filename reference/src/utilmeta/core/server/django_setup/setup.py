"""Configures Django with the assembled settings and sets it up, once; finds the user's settings module for that."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any

import django
from django.apps import apps
from django.conf import ENVIRONMENT_VARIABLE, settings
from django.core.exceptions import ImproperlyConfigured

from utilmeta.conf.django import DjangoSettings
from utilmeta.core.server.django_setup.setting import Setting, Settings
from utilmeta.core.server.django_setup.settings import (
    DEFAULT,
    assemble,
    defaults,
    needs_key,
    on_django,
)
from utilmeta.core.server.reference import raise_unless_missing
from utilmeta.core.server.state import ServiceState
from utilmeta.utils.exceptions import SettingsError

# The settings that Django reads once, when it is set up.
READ_ONCE = ("AUTH_USER_MODEL", "DEFAULT_AUTO_FIELD", "INSTALLED_APPS", "LOGGING", "LOGGING_CONFIG")
MAIN = ("__main__", "__mp_main__")


def install(state: ServiceState) -> Settings:
    """Configure Django and set it up (CONFIG-6); where the user has configured it, add to its settings (DJANGO-5c).

    Returns the settings that were given, and UtilMeta's defaults, by name. Raises SettingsError.
    """
    named = named_module(state)
    chosen = add(state, named) if settings.configured else configure(state, named)
    hosts = chosen.get("ALLOWED_HOSTS")
    if hosts is not None and hosts.source != DEFAULT:
        state.service.allowed_hosts = tuple(hosts.value)
    if not apps.ready:
        django.setup()
    return chosen


def named_module(state: ServiceState) -> str | None:
    """The name of the settings module that DjangoSettings or DJANGO_SETTINGS_MODULE gives; None without either.

    Raises SettingsError where they contradict each other.
    """
    config = state.get_config(DjangoSettings)
    keyword = config.module_name if config else None
    variable = os.environ.get(ENVIRONMENT_VARIABLE)
    if keyword and variable and keyword != variable:
        raise SettingsError(
            f"the settings module is said twice, and not the same: DjangoSettings(module_name={keyword!r}) and the "
            f"environment variable {ENVIRONMENT_VARIABLE}={variable}; say it in one place"
        )
    return keyword or variable or None


# --- Django is not configured yet ---


def configure(state: ServiceState, named: str | None) -> Settings:
    """Configure Django with the settings of the service and of the settings module, and with UtilMeta's defaults."""
    own = sys.modules.get(state.service.module_name)
    module: ModuleType | None = None
    if named:
        module = find_module(named, state)
    else:
        named = state.service.module_name
        if on_django(state) or state.get_config(DjangoSettings):
            module = own
    chosen = dict(assemble(state, declared(module, named) if module else ()))
    for setting in defaults(state, chosen):
        if setting.name not in chosen or setting.name == "SECRET_KEY":  # a default key replaces an empty one
            chosen[setting.name] = setting
    values = {setting.name: setting.value for setting in chosen.values()}
    if module is not None:
        values["SETTINGS_MODULE"] = named
        if module is own and os.environ.get(ENVIRONMENT_VARIABLE) == named:
            complete(module, values)
        elif named not in MAIN:
            os.environ[ENVIRONMENT_VARIABLE] = named
        if "TIME_ZONE" in vars(module):
            keep_time(values["TIME_ZONE"])
    settings.configure(**values)
    return chosen


def find_module(name: str, state: ServiceState) -> ModuleType:
    """The settings module, imported where it is not yet; the service's own module is not imported again (DJANGO-4).

    Raises SettingsError naming the module where it does not exist.
    """
    if name in sys.modules:
        return sys.modules[name]
    try:
        spec = importlib.util.find_spec(name)
        own = state.service.module_file
        if own and spec is not None and spec.origin and os.path.realpath(spec.origin) == os.path.realpath(own):
            return sys.modules[state.service.module_name]
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise_unless_missing(error, name)
        raise SettingsError(
            f"the settings module {name!r} is not found: there is no module {error.name!r}. "
            f"DjangoSettings(module_name) or the environment variable {ENVIRONMENT_VARIABLE} names it; give the "
            "importable name of a module"
        ) from None


def declared(module: ModuleType, name: str) -> Iterator[Setting]:
    """The settings that a module declares: its attributes in upper case."""
    for attribute in dir(module):
        if attribute.isupper():
            yield Setting(attribute, getattr(module, attribute), f"the settings module {name!r}")


def complete(module: ModuleType, values: dict[str, Any]) -> None:
    """Set the settings as attributes of the service's module, which Django itself may be about to read.

    That is so under ``DJANGO_SETTINGS_MODULE=server django-admin migrate``, which imports it.
    """
    for name, value in values.items():
        setattr(module, name, value)


def keep_time(time_zone: str) -> None:
    """Make ``time_zone`` the zone of the process, as Django does for a settings module with TIME_ZONE."""
    if hasattr(time, "tzset"):
        os.environ["TZ"] = time_zone
        time.tzset()


# --- Django is configured already: what it was given stays in force (BACKEND-4) ---


def add(state: ServiceState, named: str | None) -> Settings:
    """Add the settings of the service to those in force; UtilMeta's defaults are not added. Raises SettingsError."""
    in_force = settings.SETTINGS_MODULE
    config = state.get_config(DjangoSettings)
    if named and named != in_force and (in_force or (config and config.module_name)):
        origin = f"from the module {in_force!r}" if in_force else "configured by hand"
        raise SettingsError(
            f"Django's settings are in force already, {origin}, so {named!r} cannot be the settings module; name the "
            "same one, or call setup() before anything reads Django's settings"
        )
    chosen = assemble(state, overridden(in_force))
    needs_key(state, chosen)
    for setting in chosen.values():
        now = in_force_of(setting.name)
        if now is None or not setting.agrees(now):
            if now is not None:
                require_changeable(state, setting)
            setattr(settings, setting.name, setting.value)
            forget(setting.name)
    return chosen


def overridden(module: str | None) -> Iterator[Setting]:
    """The settings in force that differ from Django's defaults; ``module`` is the settings module, if there is one."""
    source = f"the settings module {module!r}" if module else "the settings that Django was configured with"
    for name in dir(settings):
        if name.isupper() and name != "SETTINGS_MODULE" and settings.is_overridden(name):
            setting = in_force_of(name)
            if setting is not None:
                yield replace(setting, source=source)


def in_force_of(name: str) -> Setting | None:
    """The setting of this name that is in force; None where there is none."""
    try:
        return Setting(name, getattr(settings, name), "")
    except (AttributeError, ImproperlyConfigured):  # Django raises the latter for an empty SECRET_KEY
        return None


def require_changeable(state: ServiceState, setting: Setting) -> None:
    """Raise SettingsError where Django has read the setting already, so that a change would have no effect."""
    if apps.ready and setting.name in READ_ONCE:
        late = "Django has been set up already"
    elif setting.name == "MIDDLEWARE" and on_django(state) and state.injected is not None:
        late = "the injected application has its middleware already"
    elif any(connections.all(initialized_only=True) for connections in connections_of(setting.name)):
        late = "a connection is open already"
    else:
        return
    raise SettingsError(
        f"{setting.name} of {setting.source} comes too late, because {late}; say it where Django is configured, or "
        "call setup() before that"
    )


def forget(name: str) -> None:
    """Clear what Django has cached of a setting that changed."""
    for connections in connections_of(name):
        connections.settings = connections.configure_settings(None)
    if name in ("TIME_ZONE", "USE_TZ"):
        from django.utils.timezone import get_default_timezone

        get_default_timezone.cache_clear()


def connections_of(name: str) -> Iterator[Any]:
    """The connection handlers of Django that a setting configures."""
    if name == "DATABASES":
        from django.db import connections

        yield connections
    elif name == "CACHES":
        from django.core.cache import caches

        yield caches
