"""Probe: a service in a project's folder of its own, whose SQLite database has a name and nothing else."""

import importlib
import os
import pathlib
import sys
import tempfile

from scenario import ASYNCHRONOUS, BACKEND, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api
from utilmeta.core.orm import Database, DatabaseConnections
from utilmeta.core.server.backends.django import DjangoSettings

SERVER = "import database_project\n\nservice = database_project.constructed(__name__)\nservice.setup()\n"
NAMES = []  # of the database


class RootAPI(api.API):
    @api.get
    @in_mode
    def hello(self):
        return "world"


def constructed(module):
    service = UtilMeta(
        module,
        name="database_project",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=False,
        api=RootAPI,
    )
    service.use(DjangoSettings(secret_key="key of a probe"))
    service.use(DatabaseConnections({"default": Database(name=NAMES[0], engine="sqlite3")}))
    return service


def files(name):
    """The files of a project, in whose folder the service was started, when its database has been used."""
    NAMES.append(name)
    project = pathlib.Path(tempfile.mkdtemp())
    project.joinpath("server_of_probe.py").write_text(SERVER)
    os.chdir(project)
    sys.path.insert(0, str(project))
    importlib.import_module("server_of_probe")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE note (text text)")
    connection.close()
    return [path.name for path in project.iterdir()]
