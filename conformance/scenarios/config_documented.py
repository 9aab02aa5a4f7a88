"""Probes of what the guides say of configurations: databases, preferences, the apps of packages, the public origin."""

import contextlib
import importlib.util
import os
import pathlib
import sys
import tempfile

from scenario import ASYNCHRONOUS, BACKEND, in_mode, raised
from utilmeta import UtilMeta
from utilmeta.core import api


class RootAPI(api.API):
    @api.get
    @in_mode
    def word(self):
        return "word"


def construct(**options):
    given = {"name": "config_documented", "backend": BACKEND, "asynchronous": ASYNCHRONOUS, "production": False}
    return UtilMeta(__name__, **given, **options)


def origin(value):
    """The service's `origin` where one is given, and that it is built with it; None stands for none given."""
    service = construct(api=RootAPI, **({} if value is None else {"origin": value}))
    service.application()
    return {"origin": getattr(service, "origin", None)}


def origins(values):
    """What is raised for each origin, by its text: the names of the error's classes and its message; None for one that
    is taken."""
    found = {}
    for value in values:
        found[value] = raised(construct, origin=value)
        if found[value] is None:
            return {value: None}  # there is one service in a process
    return found


def apps(packages, apps_package=None, listed=None):
    """INSTALLED_APPS with `apps_package` and `apps`, where `packages` are folders of a project with the apps in each.

    Each app has an AppConfig in `config.py`; of an entry that is a class the module is left out.
    """
    folder = pathlib.Path(tempfile.mkdtemp())
    for package, names in packages.items():
        for name in names:
            (folder / package / name / "migrations").mkdir(parents=True)
            for part in ("apps.py", "models.py", "__init__.py", "migrations/__init__.py"):
                (folder / package / name / part).touch()
            config = f"from django.apps import AppConfig\n\n\nclass Own(AppConfig):\n    name = '{package}.{name}'\n"
            (folder / package / name / "config.py").write_text(config)
        (folder / package / "__init__.py").touch()
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    from utilmeta.core.server.backends.django import DjangoSettings

    service = construct()
    more = {"apps": listed, "apps_package": apps_package}
    more = {name: value for name, value in more.items() if value is not None}
    service.use(DjangoSettings(secret_key="key of a probe", **more))
    service.setup()
    from django.conf import settings

    return [entry.partition(".apps.")[0].partition(".config.")[0] for entry in settings.INSTALLED_APPS]


def engines():
    """The engines of servers whose driver is installed."""
    drivers = {"postgresql": ("psycopg", "psycopg2"), "mysql": ("MySQLdb",)}
    return [engine for engine, names in drivers.items() if any(map(importlib.util.find_spec, names))]


def addresses(databases):
    """Host and port of each of these databases in Django's settings, or, where it has none, of its configuration."""
    from utilmeta.core.orm import Database, DatabaseConnections

    service = construct()
    made = {alias: Database(**options) for alias, options in databases.items()}
    service.use(DatabaseConnections(made))
    with contextlib.suppress(Exception):  # of a driver that is not installed; the settings are there all the same
        service.setup()
    from django.conf import settings

    if not settings.configured:
        return {alias: [made[alias].host, made[alias].port] for alias in databases}
    return {alias: [settings.DATABASES[alias][name] for name in ("HOST", "PORT")] for alias in databases}


def preferences(keywords):
    """What `Preference` raises for each of these keywords, in their order: the names of the error's classes and its
    message, and None where it is taken."""
    from utilmeta.conf import Preference

    return [raised(Preference, **{keyword: value}) for keyword, value in keywords]
