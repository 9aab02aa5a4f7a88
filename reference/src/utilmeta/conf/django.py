"""``DjangoSettings``, the configuration of Django: on the Django backend, and on others for its models (DJANGO-8)."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator

from utilmeta.conf.config import Config
from utilmeta.utils.exceptions import SettingsError

if TYPE_CHECKING:
    from utilmeta.conf.service import Service

# The files by which a folder is known as a Django app (DJANGO-2).
SIGNS = ("apps.py", "models.py", "models/__init__.py", "migrations/__init__.py")


def names(value: Any) -> Any:
    """A list as a tuple; any other value unchanged, to be refused where it is no tuple."""
    return tuple(value) if isinstance(value, list) else value


def packages(value: Any) -> Any:
    """The name of a package or a list of names, as a tuple of names; any other value unchanged, to be refused."""
    return (value,) if isinstance(value, str) else names(value)


def upper(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """``value`` unchanged. Raises ValueError for a key that is not in upper case."""
    wrong = [name for name in value if not name.isupper()]
    if wrong:
        raise ValueError(f"Django's settings are named in upper case, unlike {', '.join(map(repr, wrong))}")
    return value


if TYPE_CHECKING:  # what may be given; what is kept is a tuple
    Names = Sequence[str]
    Packages = str | Sequence[str]
else:
    Names = Annotated[tuple[str, ...], BeforeValidator(names)]
    Packages = Annotated[tuple[str, ...], BeforeValidator(packages)]


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
    apps_package: Packages | None = None
    """The importable name of a package, or a list of names; every Django app directly in one is added to INSTALLED_APPS
    (DJANGO-2, CONFIG-g3)."""
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
        listed = list(dict.fromkeys(self.apps or ()))
        if self.apps_package is not None:
            known = {app_of(entry) for entry in listed}
            found = dict.fromkeys(app for package in self.apps_package for app in find_apps(package))
            apps = [*listed, *(app for app in found if app not in known)]
            yield "apps_package" if self.apps is None else "apps, apps_package", "INSTALLED_APPS", apps
        elif self.apps is not None:
            yield "apps", "INSTALLED_APPS", listed
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


def app_of(entry: str) -> str:
    """The app that an entry of INSTALLED_APPS means: a package, or the nearest app around what is none, an AppConfig.

    Nothing of a project is imported to find that, as settings are not there yet. What lies in no app is as it is.
    """
    if folders_of(entry):
        return entry
    name = entry
    while name := name.rpartition(".")[0]:
        if holds_app(name):
            return name
    return entry


def folders_of(name: str) -> Sequence[Path]:
    """The folders of the package of this name; none where there is no such package."""
    try:
        return find_folders(name)
    except SettingsError:
        return ()


def holds_app(name: str) -> bool:
    """Whether there is a package of this name that is a Django app."""
    return any(map(is_app, folders_of(name)))


def find_apps(package: str) -> list[str]:
    """The import paths of the apps directly in ``package``, in alphabetical order; other folders are left out.

    Raises SettingsError naming the package where it does not exist.
    """
    folders = [entry for folder in find_folders(package) for entry in folder.iterdir()]
    apps = {folder.name for folder in folders if folder.name.isidentifier() and is_app(folder)}
    return [f"{package}.{name}" for name in sorted(apps)]


def is_app(folder: Path) -> bool:
    """Whether a folder is a Django app: it has an ``apps.py``, models or migrations."""
    return any((folder / sign).is_file() for sign in SIGNS)


def find_folders(package: str) -> Sequence[Path]:
    """The folders of a package; a namespace package may have several. Raises SettingsError where there is none."""
    found: Iterable[str] | None = None
    name = ""
    for part in package.split("."):
        name = f"{name}.{part}" if name else part
        try:
            spec = importlib.util.find_spec(part) if found is None else PathFinder.find_spec(part, list(found))
        except ValueError:  # a name that is none, or __main__
            spec = None
        if spec is None:
            raise SettingsError(
                f"apps_package={package!r}: there is no package {name!r}; give the importable name of one, from where "
                "the service is run"
            )
        found = spec.submodule_search_locations
        if found is None:
            raise SettingsError(f"apps_package={package!r}: {name!r} is a module; give the package that has the apps")
    return [Path(location) for location in found or ()]
