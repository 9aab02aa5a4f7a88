"""Django's settings, put together once in ``service.setup()`` from all that a service says, each with who says it.

Needed where Django is the backend, and where a configuration needs it on another one (``Config.needs_django``). Of
several that give one setting the first wins (DJANGO-5):

1. the keywords of DjangoSettings, and ``production``, where it is given;
2. the user's settings: a module, or what the user has configured Django with already (BACKEND-4);
3. the defaults of UtilMeta, then those of Django.

What other configurations and arguments stand for has no place in that order: it may add to the user's settings, and
where it contradicts them, or a keyword, it is an error that names both. ``installation`` hands the result to Django.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from utilmeta.conf.django import DjangoSettings
from utilmeta.conf.immutable import thawed
from utilmeta.conf.time import Time
from utilmeta.core.server.django_setup.secret_key import development_key
from utilmeta.core.server.django_setup.setting import Setting, Settings
from utilmeta.core.server.state import ServiceState
from utilmeta.utils.exceptions import SettingsError

# As Django checks them in a settings module.
LISTS = ("ALLOWED_HOSTS", "INSTALLED_APPS", "LOCALE_PATHS", "MIDDLEWARE", "SECRET_KEY_FALLBACKS", "TEMPLATE_DIRS")
DEFAULT = "UtilMeta's default"


def assemble(state: ServiceState, own: Iterable[Setting]) -> Settings:
    """Every setting that the service or the user says; ``own`` are the user's.

    Raises SettingsError for two sources that contradict each other, and for a list that is none.
    """
    chosen: dict[str, Setting] = {}
    strong = list(keywords(state))
    for setting in (*strong, *statements(state)):
        other = chosen.setdefault(setting.name, setting)
        if not other.agrees(setting):
            raise contradiction(other, setting)
    winning = {setting.name for setting in strong}
    for setting in own:
        other = chosen.setdefault(setting.name, setting)
        if not other.agrees(setting):
            if setting.name not in winning:
                raise contradiction(other, setting)
            chosen[setting.name] = replace(other, over=setting.source)
    for name in LISTS:
        if name in chosen and not isinstance(chosen[name].value, (list, tuple)):
            raise SettingsError(f"{name} of {chosen[name].source} is no list or tuple; give it as one")
    return chosen


def contradiction(one: Setting, other: Setting) -> SettingsError:
    return SettingsError(
        f"{one.name} is said twice, and not the same: by {one.source} and by {other.source}; say it in one place"
    )


def keywords(state: ServiceState) -> Iterator[Setting]:
    """What wins over the user's settings."""
    for config in state.configurations.values():
        if isinstance(config, DjangoSettings):
            for keyword, name, value in config.given():
                yield Setting(name, thawed(value), f"{type(config).__name__}({keyword})")
    if state.given_production is not None:
        yield from of_production(state, f"UtilMeta(production={state.production})")


def statements(state: ServiceState) -> Iterator[Setting]:
    """What the other configurations stand for, and the arguments of the service."""
    for config in state.configurations.values():
        if not isinstance(config, DjangoSettings):
            for name, value in config.django_settings(state.service).items():
                yield Setting(name, thawed(value), type(config).__name__)
    if state.service.allowed_hosts is not None:
        yield Setting("ALLOWED_HOSTS", list(state.service.allowed_hosts), "UtilMeta(allowed_hosts)")
    if state.given_production is None:
        yield from of_production(state, f"UtilMeta(), whose production is {state.production} unless given")


def of_production(state: ServiceState, source: str) -> Iterator[Setting]:
    """PRODUCTION (DJANGO-9), and DEBUG (SERVICE-7), which a user's application keeps unless told (SERVICE-8b)."""
    yield Setting("PRODUCTION", state.production, source)
    if not on_django(state) or not state.natives or state.given_production is not None:
        yield Setting("DEBUG", not state.production, source)


def defaults(state: ServiceState, said: Settings) -> Iterator[Setting]:
    """What holds where nobody says anything."""
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
    """Whether a secret key has to be made. Raises SettingsError where one has to be given (DJANGO-6).

    Django's own backend signs with it, and whoever uses DjangoSettings may, on any backend (CONFIG-7); a service
    elsewhere that has no more than a database or a cache does not, and needs none.
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
    return state.adapter_class.needs_django
