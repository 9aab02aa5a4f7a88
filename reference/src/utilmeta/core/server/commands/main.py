"""The command line: parses it, runs the command that it names, and ends with its exit status."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Sequence
from typing import NoReturn

from utilmeta.core.server import dependency
from utilmeta.core.server.commands import background, create, generation, inspection, management, registered, settings
from utilmeta.core.server.commands.error import CommandError
from utilmeta.utils.exceptions import ServiceError

PARTS = (create, background, inspection, generation, management, settings)
"""The modules of commands; each has ``add(commands)``, which adds parsers whose default ``run`` is the command."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; ``arguments`` default to those of the process.

    Without any it lists the commands (CLI-g1). Exits with status 2 for wrong arguments, 1 where the command cannot do
    what it is asked for.
    """
    dependency.by_command()
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser, names = parser_of_commands()
    if not given:
        sys.stdout.write(parser.format_help() + registered.listed())
        return
    own = given[0] if given[0][:1] != "-" else None
    try:
        if own in management.COMMANDS:
            management.run(own, given[1:])
        elif own is None or own in names or not registered.run(own, given[1:]):
            parsed = parser.parse_args(given)
            parsed.run(parsed)
    except CommandError as error:
        end(str(error), error.status)
    except ServiceError as error:
        end(str(error))


def parser_of_commands() -> tuple[argparse.ArgumentParser, Collection[str]]:
    """The parser with all commands that are built in, and their names."""
    parser = argparse.ArgumentParser(prog="meta", description="Makes, runs and looks at UtilMeta services.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command", title="commands")
    for part in PARTS:
        part.add(commands)
    return parser, commands.choices


def end(message: str, status: int = 1) -> NoReturn:
    """End the process with one paragraph on stderr."""
    sys.stderr.write(f"error: {message}\n")
    sys.exit(status)
