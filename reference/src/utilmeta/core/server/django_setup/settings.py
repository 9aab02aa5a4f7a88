"""Assembles Django's settings from the sources of a service, once, in ``service.setup()``.

It is done where Django is the backend, and where a configuration needs Django (``Config.needs_django``). Where several
sources give one setting the first of these wins (DJANGO-5):

1. the keywords of DjangoSettings, and ``production``, where it is given;
2. the user's settings: a module, or what the user has configured Django with already (BACKEND-4);
3. the defaults of UtilMeta, then those of Django.

The settings of other configurations and arguments are outside of that order: they may add to the user's settings; where
they contradict them, or a keyword, it is an error that names both. ``setup.py`` gives the result to Django.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace

from utilmeta.conf.django import DjangoSettings
from utilmeta.conf.immutable import thawed
from utilmeta.conf.time import Time
from utilmeta.core.errors.notify import tell
from utilmeta.core.server.django_setup.secret_key import development_key
from utilmeta.core.server.django_setup.setting import Setting, Settings
from utilmeta.core.server.state import ServiceState
from utilmeta.utils.exceptions import SettingsError

# The settings that Django requires to be a list or tuple.
LISTS = ("ALLOWED_HOSTS", "INSTALLED_APPS", "LOCALE_PATHS", "MIDDLEWARE", "SECRET_KEY_FALLBACKS", "TEMPLATE_DIRS")
DEFAULT = "UtilMeta's default"


def assemble(state: ServiceState, own: Iterable[Setting]) -> Settings:
    """The settings that the service or the user gives, by name; ``own`` are the user's.

    What ``Time`` says beside an adapted service's project is no contradiction, but a warning (CONFIG-g8). Raises
    SettingsError for two sources that contradict each other, and for a value that has to be a list and is not.
    """
    chosen: dict[str, Setting] = {}
    strong = list(keywords(state))
    for setting in (*strong, *statements(state)):
        other = chosen.setdefault(setting.name, setting)
        if not other.agrees(setting):
            raise contradiction(other, setting)
    winning = {setting.name for setting in strong}
    yielding = times(state)
    kept = []
    for setting in own:
        other = chosen.setdefault(setting.name, setting)
        if not other.agrees(setting):
            if setting.name in winning:
                chosen[setting.name] = replace(other, over=setting.source)
            elif other.source in yielding:
                chosen[setting.name] = replace(setting, over=other.source)
                kept.append(f"{setting.name}={setting.value!r}")
            else:
                raise contradiction(other, setting)
    if kept:
        tell(
            logging.WARNING,
            f"the project keeps its {' and '.join(kept)}; what {' and '.join(yielding)} says otherwise is for the "
            "answers of the service alone",
        )
    for name in LISTS:
        if name in chosen and not isinstance(chosen[name].value, (list, tuple)):
            raise SettingsError(f"{name} of {chosen[name].source} is no list or tuple; give it as one")
    return chosen


def times(state: ServiceState) -> list[str]:
    """The sources that give way to the project's settings: ``Time`` of a service that is adapted (CONFIG-g8)."""
    configs = state.configurations.values() if state.adapted else ()
    return [type(config).__name__ for config in configs if isinstance(config, Time)]


def contradiction(one: Setting, other: Setting) -> SettingsError:
    """The error for two sources that give different values (DJANGO-5b)."""
    return SettingsError(
        f"{one.name} is said twice, and not the same: by {one.source} and by {other.source}; say it in one place"
    )


def keywords(state: ServiceState) -> Iterator[Setting]:
    """The settings that win over the user's: keywords of DjangoSettings, and ``production`` where it is given."""
    for config in state.configurations.values():
        if isinstance(config, DjangoSettings):
            for keyword, name, value in config.given():
                yield Setting(name, thawed(value), f"{type(config).__name__}({keyword})")
    if state.given_production is not None:
        yield from of_production(state, f"UtilMeta(production={state.production})")


def statements(state: ServiceState) -> Iterator[Setting]:
    """The settings of the other configurations and of the arguments of the service."""
    for config in state.configurations.values():
        if not isinstance(config, DjangoSettings):
            for name, value in config.django_settings(state.service).items():
                yield Setting(name, thawed(value), type(config).__name__)
    if state.service.allowed_hosts is not None:
        yield Setting("ALLOWED_HOSTS", list(state.service.allowed_hosts), "UtilMeta(allowed_hosts)")
    if state.given_production is None:
        yield from of_production(state, f"UtilMeta(), whose production is {state.production} unless given")


def of_production(state: ServiceState, source: str) -> Iterator[Setting]:
    """PRODUCTION (DJANGO-9) and DEBUG (SERVICE-7b); a user's application keeps its DEBUG unless ``production`` is given
    (SERVICE-8b)."""
    yield Setting("PRODUCTION", state.production, source)
    if not on_django(state) or not state.natives or state.given_production is not None:
        yield Setting("DEBUG", not state.production, source)


def defaults(state: ServiceState, said: Settings) -> Iterator[Setting]:
    """UtilMeta's defaults; ``said`` are the settings that were given."""
    yield Setting("ALLOWED_HOSTS", ["*"], DEFAULT)
    yield Setting("ROOT_URLCONF", "utilmeta.core.server.backends.django", DEFAULT)
    if state.get_config(Time) is None:
        for name, value in Time().django_settings(state.service).items():
            yield Setting(name, value, DEFAULT)
    if needs_key(state, said):
        yield Setting(
            "SECRET_KEY", development_key(state.service.project_directory), f"{DEFAULT}, made for development"
        )


def needs_key(state: ServiceState, said: Settings) -> bool:
    """Whether a secret key has to be made. Raises SettingsError where production needs a given one (DJANGO-6).

    A service needs a key on the Django backend and where it uses DjangoSettings, on any backend (CONFIG-7); for
    databases and caches alone it needs none.
    """
    if "SECRET_KEY" in said and said["SECRET_KEY"].value:
        return False
    if not (on_django(state) or state.get_config(DjangoSettings)):
        return False
    if state.production:
        raise SettingsError(
            "SECRET_KEY is missing, and production needs one: give DjangoSettings(secret_key=...) a long random text "
            "from the environment; python -c 'import secrets; print(secrets.token_urlsafe(50))' makes one"
        )
    return True


def on_django(state: ServiceState) -> bool:
    """Whether Django is the backend."""
    return state.adapter_class.needs_django
