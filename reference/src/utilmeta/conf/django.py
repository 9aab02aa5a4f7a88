"""``DjangoSettings``, the configuration of Django: on the Django backend, and on others for its models (DJANGO-8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator

from utilmeta.conf.config import Config
from utilmeta.conf.django_apps import find_apps

if TYPE_CHECKING:
    from utilmeta.conf.service import Service


def names(value: Any) -> Any:
    """A list as a tuple; any other value unchanged, to be refused where it is no tuple."""
    return tuple(value) if isinstance(value, list) else value


def upper(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """``value`` unchanged. Raises ValueError for a key that is not in upper case."""
    wrong = [name for name in value if not name.isupper()]
    if wrong:
        raise ValueError(f"Django's settings are named in upper case, unlike {', '.join(map(repr, wrong))}")
    return value


Names = Annotated[tuple[str, ...], BeforeValidator(names)]


class DjangoSettings(Config):
    """Django's settings as keywords, which win over the user's settings module; it wins over UtilMeta's defaults
    (DJANGO-5).

    Raises ValueError for a name in ``extra`` that is not in upper case.
    """

    needs_django: ClassVar[bool] = True

    secret_key: str | None = None
    """SECRET_KEY. Missing or empty it is an error in production; in development one is made and kept (DJANGO-6)."""
    apps: Names | None = None
    """INSTALLED_APPS, a list or tuple of names (DJANGO-1a)."""
    apps_package: str | None = None
    """The importable name of a package; every Django app directly in it is added to INSTALLED_APPS (DJANGO-2)."""
    middleware: Names | None = None
    """MIDDLEWARE, a list or tuple of import paths; it runs where Django is the backend (DJANGO-1b)."""
    module_name: str | None = None
    """The user's settings module. Not given, it is the one that the variable DJANGO_SETTINGS_MODULE names, else the
    module of the service as it is at ``setup()`` (DJANGO-3, DJANGO-4)."""
    allowed_hosts: Names | None = None
    """ALLOWED_HOSTS, a list or tuple; enforced for API requests on every backend (DJANGO-7)."""
    root_urlconf: str | None = None
    """ROOT_URLCONF: the module of the URL patterns that are served beside the API."""
    extra: Annotated[Mapping[str, Any], AfterValidator(upper)] = {}
    """Any other settings by name, in upper case (DJANGO-1a)."""

    def given(self) -> Iterator[tuple[str, str, Any]]:
        """The settings that were given, each as its keyword, its name in Django and its value.

        Raises SettingsError for an ``apps_package`` that is no package.
        """
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
    """Whether an entry of INSTALLED_APPS means ``app``: by its name, or by an AppConfig in its ``apps.py``."""
    return entry == app or entry.startswith(f"{app}.apps.")
