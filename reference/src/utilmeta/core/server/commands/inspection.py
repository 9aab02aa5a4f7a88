"""``meta check``: tells whether the service of the project loads (CLI-g10)."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from utilmeta.core.server.commands.project import find_project


def add(commands: Any) -> None:
    """Add the parser."""
    parser = commands.add_parser("check", help="tell whether the service of this project loads")
    parser.set_defaults(run=check)


def check(arguments: argparse.Namespace) -> None:
    """Load the service and build its application, without serving it. Raises CommandError that says why it does not."""
    service = find_project().built()
    mode = "asynchronous" if service.asynchronous else "synchronous"
    sys.stdout.write(f"{service.name} loads: {service.backend}, {mode}, its root route is {service.route}\n")
