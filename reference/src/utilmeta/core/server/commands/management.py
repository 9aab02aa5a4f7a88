"""``meta makemigrations`` and ``meta migrate``: Django's commands, for the databases of the service (CLI-g5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from utilmeta.core.server.commands.error import CommandError, forbid_exit
from utilmeta.core.server.commands.project import find_project

COMMANDS = {
    "makemigrations": "write migrations for the models of the service (Django's command)",
    "migrate": "bring the databases of the service up to its migrations (Django's command)",
}


def add(commands: Any) -> None:
    """Add the parsers, for the list of commands: their arguments are Django's."""
    for name, what in COMMANDS.items():
        commands.add_parser(name, help=what, add_help=False)


def run(name: str, arguments: Sequence[str]) -> None:
    """Set the service up and run Django's command. Raises CommandError for a service that uses no Django."""
    service = find_project().load()
    with forbid_exit():
        service.setup()
    if not service.django_settings:
        raise CommandError(
            f"{service.name} is on {service.backend} and uses no Django; give it DatabaseConnections({{...}})"
        )
    from django.core.management import execute_from_command_line

    execute_from_command_line(["meta", name, *arguments])
