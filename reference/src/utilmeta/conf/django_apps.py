"""Finds the Django apps in a package by their files, without importing them (DJANGO-2)."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from importlib.machinery import PathFinder
from pathlib import Path

from utilmeta.utils.exceptions import SettingsError

SIGNS = ("apps.py", "models.py", "models/__init__.py", "migrations/__init__.py")


def find_apps(package: str) -> list[str]:
    """The import paths of the apps directly in ``package``, in alphabetical order; other folders are left out.

    Raises SettingsError naming the package where it does not exist.
    """
    folders = [entry for location in locations(package) for entry in Path(location).iterdir()]
    apps = {folder.name for folder in folders if folder.name.isidentifier() and is_app(folder)}
    return [f"{package}.{name}" for name in sorted(apps)]


def is_app(folder: Path) -> bool:
    """Whether a folder is a Django app: it has an ``apps.py``, models or migrations."""
    return any((folder / sign).is_file() for sign in SIGNS)


def locations(package: str) -> Iterable[str]:
    """The folders of a package; a namespace package may have several. Raises SettingsError."""
    found: Iterable[str] | None = None
    name = ""
    for part in package.split("."):
        name = f"{name}.{part}" if name else part
        try:
            spec = importlib.util.find_spec(part) if found is None else PathFinder.find_spec(name, list(found))
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
    return found or ()
