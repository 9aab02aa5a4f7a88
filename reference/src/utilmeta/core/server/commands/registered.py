"""Commands of the service's own, by ``service.register_command`` (CLI-g14)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from utilmeta.core.server.commands.error import CommandError, not_loaded
from utilmeta.core.server.commands.project import FILE, find_project


def listed() -> str:
    """The commands of the project's service as a text for the list of all, or why it does not load; empty where there
    are none."""
    try:
        project = find_project()
    except CommandError:
        return ""
    try:
        commands = project.load().commands
    except CommandError as error:
        return f"\n{error}\n"
    except Exception as error:  # noqa: BLE001 - it is told in the list
        return f"\n{not_loaded(error)}\n"
    lines = [f"    {name:20}{described(command)}\n" for name, command in commands.items()]
    return "".join(["\ncommands of the service:\n", *lines]) if lines else ""


def described(command: type[Any]) -> str:
    """The first line of a command's docstring."""
    return (command.__doc__ or "").strip().partition("\n")[0]


def run(name: str, arguments: Sequence[str]) -> bool:
    """Run a command of the service; False where it has none of that name, or where this is no project."""
    try:
        project = find_project()
    except CommandError:
        return False
    service = project.load()
    commands = service.commands
    if name not in commands:
        sys.stderr.write(f"{FILE} of {project.folder}: its service has no command {name!r}\n")
        return False
    command = commands[name]()
    parser = argparse.ArgumentParser(prog=f"meta {name}", description=described(commands[name]))
    if hasattr(command, "add_arguments"):
        command.add_arguments(parser)
    command.run(service, parser.parse_args(arguments))
    return True
