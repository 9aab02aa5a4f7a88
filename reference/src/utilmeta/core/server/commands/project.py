"""The project that a command is about: the folder with ``meta.ini``, and the service in it (CLI-g8).

[utilmeta]                    ; or [service]
main = server.py              ; what ``meta run`` runs, a file or a module
service = server:service      ; the service, as module:name or module.name
app = server:app              ; its application, the same
pidfile = service.pid         ; of a service in the background
"""

from __future__ import annotations

import configparser
import importlib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from utilmeta.conf.current import current
from utilmeta.core.server.commands.error import CommandError, forbid_exit, not_loaded
from utilmeta.core.server.reference import ModuleMissing, import_module, split
from utilmeta.core.server.service import UtilMeta

FILE = "meta.ini"
SECTIONS = ("utilmeta", "service")
KEYS = ("main", "service", "app")
PIDFILE = "service.pid"


@dataclass(frozen=True)
class Project:
    """A project: its ``folder``, and the options of its ``meta.ini`` by name."""

    folder: Path
    options: Mapping[str, str]

    @property
    def pidfile(self) -> Path:
        """The file with the process of a service in the background."""
        return self.folder / self.options.get("pidfile", PIDFILE)

    def enter(self) -> None:
        """Make the folder the working directory, and the first in which modules are looked for."""
        os.chdir(self.folder)
        if sys.path[:1] != [str(self.folder)]:
            sys.path.insert(0, str(self.folder))

    @forbid_exit()
    def load(self) -> UtilMeta:
        """The service; its module is imported.

        Raises CommandError where there is none and where the module calls ``sys.exit()``, and what the module raises.
        """
        self.enter()
        for key in ("service", "app"):
            if key in self.options:
                found = self.named(key)
                return found if isinstance(found, UtilMeta) else self.current(key)
        module = module_of(self.options["main"])
        if module.startswith("."):
            raise CommandError(f"{FILE}: main = {self.options['main']} is outside of {self.folder}; give a file in it")
        importlib.import_module(module)
        return self.current("main")

    def built(self) -> UtilMeta:
        """The service, whose application is built. Raises CommandError that says why it does not load."""
        try:
            service = self.load()
            with forbid_exit():
                service.application()
        except CommandError:
            raise
        except Exception as error:
            raise CommandError(not_loaded(error)) from error
        return service

    def named(self, key: str) -> Any:
        """What the reference under a key names. Raises CommandError where it leads nowhere."""
        where = f"{FILE}: {key} = {self.options[key]}"
        path, name = split(self.options[key]) or ("", "")
        if not path:
            raise CommandError(f"{where} is no reference; give module:name, such as server:service")
        try:
            module = import_module(path)
        except ModuleMissing as error:
            raise CommandError(f"{where}: {error} in {self.folder}") from None
        if not hasattr(module, name):
            raise CommandError(f"{where}: the module is there, but it has no {name!r}")
        return getattr(module, name)

    def current(self, key: str) -> UtilMeta:
        """The service of this process. Raises CommandError where what was imported made none."""
        try:
            found: Any = current()
        except ImportError:
            raise CommandError(
                f"{FILE}: {key} = {self.options[key]} makes no service; give the module that calls UtilMeta(...)"
            ) from None
        return found  # type: ignore[no-any-return]


def module_of(main: str) -> str:
    """The module that ``main`` names, as a file or as a module; it begins with a dot where that is outside of the
    working directory.
    """
    return os.path.relpath(main.replace("\\", "/")).removesuffix(".py").replace(os.sep, ".")


def find_project(start: Path | None = None) -> Project:
    """The project of the nearest folder with ``meta.ini``, from the working directory upwards.

    Raises CommandError where there is none, and for a file that cannot be read.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return Project(folder, read(folder / FILE))
    raise CommandError(
        f"there is no {FILE} in {start} nor above; call this in a project, or make one: meta setup NAME, meta init"
    )


def read(file: Path) -> Mapping[str, str]:
    """What a ``meta.ini`` says, by key. Raises CommandError naming it."""
    parser = configparser.ConfigParser(interpolation=None, inline_comment_prefixes=(";",))
    try:
        parser.read_string(file.read_text(encoding="utf-8-sig"))
    except (configparser.Error, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read: {' '.join(str(error).split())}") from None
    section = next((section for section in SECTIONS if parser.has_section(section)), None)
    if section is None:
        raise CommandError(f"{file} has no section [{SECTIONS[0]}]")
    said = {name: value.strip() for name, value in parser[section].items() if value.strip()}
    if not any(key in said for key in KEYS):
        raise CommandError(f"{file}: [{section}] names no service; give one of {', '.join(KEYS)}")
    return said
