"""``meta setup``, ``meta init`` and ``meta add``: make projects, their ``meta.ini``, and apps (CLI-g2, g4, g9).

They ask for what no option says; where standard input has ended the default holds. No file is overwritten.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import keyword
import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from utilmeta.core.server import backends, validate_arguments
from utilmeta.core.server.commands.error import CommandError
from utilmeta.core.server.commands.project import FILE, PIDFILE, SECTIONS, find_project
from utilmeta.core.server.reference import split

SERVER = """{docstring}

from utilmeta import UtilMeta
from utilmeta.core import api


class RootAPI(api.API):
    @api.get
    def hello(self):
        return "world"


service = UtilMeta(
    __name__,
    name={name},
    description={description},
    backend={backend},
    host={host},
    api=RootAPI,
    route="/api",
)
app = service.application()

if __name__ == "__main__":
    service.run()
"""
APP = {
    "__init__.py": "",
    "migrations/__init__.py": "",
    "models.py": '"""Models of {name}, which Django keeps in the databases of the service."""\n\n'
    "from django.db import models  # noqa: F401\n",
    "schema.py": '"""Schemas of {name}: what its API takes and answers."""\n',
    "api.py": '"""The API of {name}; mount it in the root API by an annotation: {name}: {title}API"""\n\n'
    "from utilmeta.core import api\n\n\nclass {title}API(api.API):\n    pass\n",
}
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def add(commands: Any) -> None:
    """Add the parsers."""
    setup = commands.add_parser("setup", help="make a project, a folder of this name")
    setup.add_argument("name", metavar="NAME")
    setup.add_argument("--description", help="what the service is for")
    setup.add_argument("--backend", help=f"one of {', '.join(backends.names())}")
    setup.add_argument("--host", help="the address that it listens at, 127.0.0.1 unless given")
    setup.set_defaults(run=set_up)
    init = commands.add_parser("init", help=f"write {FILE} for a service that is there, in this folder")
    init.add_argument("--app", help="the application, as module:name")
    init.set_defaults(run=initialize)
    app = commands.add_parser("add", help="make a Django app in the project")
    app.add_argument("name", metavar="NAME")
    app.set_defaults(run=add_app)


def set_up(arguments: argparse.Namespace) -> None:
    """Make NAME/server.py and NAME/meta.ini. Raises CommandError for a wrong answer, and for files that are there."""
    name = arguments.name
    if not validate_arguments.NAME.fullmatch(name):
        raise CommandError(f"{name!r} is no name of a service: letters, digits, _ and -, no digit first", 2)
    refuse_keyword(name)
    refuse_library(name)
    installed = next(iter(backends.installed()), "django")
    description = asked("description", arguments.description, "", validate_description)
    backend = asked("backend", arguments.backend, installed, validate_backend)
    host = asked("host", arguments.host, "127.0.0.1", validate_arguments.host)
    docstring = f'"""The service {name}."""'
    quoted = {
        "name": json.dumps(name),
        "description": json.dumps(description, ensure_ascii=False),
        "backend": json.dumps(backend),
        "host": json.dumps(host),
    }
    server = SERVER.format(docstring=docstring, **quoted)
    written = {"server.py": server, FILE: ini(main="server.py", service="server:service", app="server:app")}
    write(Path(name), written)
    sys.stdout.write(f"made {name}/server.py and {name}/{FILE}; to run it: cd {name}; meta run\n")


def initialize(arguments: argparse.Namespace) -> None:
    """Write ``meta.ini`` for the application that is named. Raises CommandError for what is no reference."""
    app = asked("application", arguments.app, "server:app", validate_reference)
    module, _ = split(app) or ("", "")
    main = f"{module.replace('.', '/')}.py"
    write(Path(), {FILE: ini(main=main, app=app)})
    sys.stdout.write(f"wrote {FILE}\n")


def add_app(arguments: argparse.Namespace) -> None:
    """Make an app in the project, in its folder ``domain`` where it has one. Raises CommandError."""
    name = arguments.name
    if not NAME.fullmatch(name):
        raise CommandError(f"{name!r} is no name of an app: letters, digits and _, no digit first", 2)
    folder = find_project().folder
    parent = folder / "domain" if (folder / "domain").is_dir() else folder
    refuse_keyword(name)
    if parent == folder:
        refuse_library(name)
    for there in (parent / name, parent / f"{name}.py"):
        if os.path.lexists(there):
            raise CommandError(f"{there} is there already; nothing was written")
    title = "".join(part.title() for part in name.split("_"))
    write(parent / name, {file: text.format(name=name, title=title) for file, text in APP.items()})
    sys.stdout.write(f"made {(parent / name).relative_to(folder)}/\n")


def ini(**options: str) -> str:
    """The text of a ``meta.ini`` with these options, and a pidfile."""
    lines = [f"{name} = {value}\n" for name, value in {**options, "pidfile": PIDFILE}.items()]
    return "".join([f"[{SECTIONS[0]}]\n", *lines])


def refuse_keyword(name: str) -> None:
    """Raise CommandError for a name that no ``import`` statement takes."""
    if keyword.iskeyword(name):
        raise CommandError(f"{name!r} is a keyword of Python, so that nothing of this name is imported", 2)


def refuse_library(name: str) -> None:
    """Raise CommandError for the name of a module of the standard library, which a folder of this name may hide."""
    if name in sys.stdlib_module_names:
        raise CommandError(f"{name!r} is a module of Python's standard library, which must not be hidden", 2)


def asked(what: str, given: str | None, default: str, check: Callable[[str], str]) -> str:
    """The option, or the answer to a question, checked; the default for an empty answer, and where input has ended.

    Raises CommandError for a value that is refused.
    """
    if given is None:
        try:
            given = input(f"{what} [{default}]: ").strip() or default
        except EOFError:
            given = default
    try:
        return check(given)
    except (TypeError, ValueError) as error:
        raise CommandError(f"{what}: {error}", 2) from None


def validate_description(value: str) -> str:
    """A description, which has to fit into UTF-8."""
    value.encode()
    return value


def validate_backend(value: str) -> str:
    """The name of a backend, in any case. Raises ValueError."""
    name = value.lower()
    if name not in backends.names():
        raise ValueError(f"there is no backend {value!r}; it is one of {', '.join(backends.names())}")
    return name


def validate_reference(value: str) -> str:
    """A reference as module:name. Raises ValueError."""
    module, _ = split(value) or ("", "")
    if not module:
        raise ValueError(f"{value!r} is no reference; give module:name, such as server:app")
    return value


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files below a folder, all or none. Raises CommandError where one is there already, or cannot be written."""
    there = [folder / name for name in files if os.path.lexists(folder / name)]
    if os.path.lexists(folder) and not folder.is_dir():
        there.append(folder)
    if there:
        raise CommandError(f"{there[0]} is there already; nothing was written")
    made: list[Path] = []
    file = folder
    try:
        for name, text in files.items():
            file = folder / name
            for missing in reversed([each for each in (file.parent, *file.parent.parents) if not each.exists()]):
                missing.mkdir()
                made.append(missing)
            with open(file, "x", encoding="utf-8") as writing:
                made.append(file)
                writing.write(text)
    except BaseException as error:
        for each in reversed(made):
            with contextlib.suppress(OSError):
                each.rmdir() if each.is_dir() else each.unlink()
        if isinstance(error, OSError):
            raise CommandError(f"{file} cannot be written: {error.strerror}; nothing was written") from error
        raise
