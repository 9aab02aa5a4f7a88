"""What a service says of Django: for services on it, and for those on another backend that use Django's models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator

from utilmeta.conf.config import Config
from utilmeta.conf.django_apps import find_apps

if TYPE_CHECKING:
    from utilmeta.conf.service import Service


def names(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value  # anything else is a TypeError


def upper(value: Mapping[str, Any]) -> Mapping[str, Any]:
    wrong = [name for name in value if not name.isupper()]
    if wrong:
        raise ValueError(f"Django's settings are named in upper case, unlike {', '.join(map(repr, wrong))}")
    return value


Names = Annotated[tuple[str, ...], BeforeValidator(names)]


class DjangoSettings(Config):
    """Django's settings, as keywords; what is not given is for the user's settings module to say, then for UtilMeta.

    ``secret_key`` is SECRET_KEY: in production a missing or empty one is an error (DJANGO-6). ``apps`` are entries of
    INSTALLED_APPS; ``apps_package`` adds every Django app directly in that package (DJANGO-2). ``middleware`` is
    MIDDLEWARE, which runs where Django is the backend. ``allowed_hosts`` is ALLOWED_HOSTS, enforced for API requests on
    every backend (DJANGO-7). ``root_urlconf`` is ROOT_URLCONF: native routes beside the API. ``extra`` gives any other
    setting by its name.

    ``module_name`` is the user's settings module. Without it that is the one DJANGO_SETTINGS_MODULE names, if it is
    set, and else the module of the service, as it is when ``setup()`` is called (DJANGO-3, DJANGO-4).
    """

    needs_django: ClassVar[bool] = True

    secret_key: str | None = None
    apps: Names | None = None
    apps_package: str | None = None
    middleware: Names | None = None
    module_name: str | None = None
    allowed_hosts: Names | None = None
    root_urlconf: str | None = None
    extra: Annotated[Mapping[str, Any], AfterValidator(upper)] = {}

    def given(self) -> Iterator[tuple[str, str, Any]]:
        """What was given: keyword, name of the Django setting, its value. Raises SettingsError for an
        ``apps_package`` that is none."""
        if self.secret_key:
            yield "secret_key", "SECRET_KEY", self.secret_key
        if self.apps_package is not None:
            apps = self.apps or ()
            found = [app for app in find_apps(self.apps_package) if not any(is_of(entry, app) for entry in apps)]
            yield "apps_package" if self.apps is None else "apps, apps_package", "INSTALLED_APPS", [*apps, *found]
        elif self.apps is not None:
            yield "apps", "INSTALLED_APPS", list(self.apps)
        if self.middleware is not None:
            yield "middleware", "MIDDLEWARE", list(self.middleware)
        if self.allowed_hosts is not None:
            yield "allowed_hosts", "ALLOWED_HOSTS", list(self.allowed_hosts)
        if self.root_urlconf is not None:
            yield "root_urlconf", "ROOT_URLCONF", self.root_urlconf
        for name, value in self.extra.items():
            yield "extra", name, value

    def django_settings(self, service: Service) -> Mapping[str, Any]:
        return {name: value for _, name, value in self.given()}


def is_of(entry: str, app: str) -> bool:
    """Whether the entry of INSTALLED_APPS is this app, by name or by a configuration of its ``apps.py``."""
    return entry == app or entry.startswith(f"{app}.apps.")
