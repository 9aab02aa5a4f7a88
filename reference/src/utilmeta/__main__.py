"""``python -m utilmeta settings server:service``: the Django settings of a service, and who says each."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from utilmeta.core.server.reference import find_service
from utilmeta.core.server.service import UtilMeta
from utilmeta.utils.exceptions import ServiceError


def main(arguments: Sequence[str] | None = None) -> None:
    """Exits with status 2 for a reference that names no service, 1 for a service that cannot be set up."""
    parser = argparse.ArgumentParser(prog="python -m utilmeta", description="What a UtilMeta service says of itself.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    settings = commands.add_parser(
        "settings",
        help="the Django settings of a service",
        description="Each Django setting that differs from Django's own default, its value, and who says it. Secrets "
        "are masked.",
    )
    settings.add_argument("service", help="module:name of the service, such as server:service")
    given = parser.parse_args(arguments)
    if os.getcwd() not in sys.path:
        sys.path.insert(0, os.getcwd())
    try:
        service = find_service(given.service)
    except LookupError as error:
        settings.error(str(error.args[0]))
    try:
        service.setup()
    except ServiceError as error:
        sys.exit(f"error: {error}")
    sys.stdout.write("".join(f"{line}\n" for line in described(service)))


def described(service: UtilMeta) -> list[str]:
    """A line for each setting, ``NAME = value  # source``, in alphabetical order."""
    if not service._django_settings:
        return [f"{service.name} is on {service.backend} and uses no Django: it has no Django settings."]
    from django.conf import global_settings

    from utilmeta.conf.secret import redacted

    lines = []
    for name, setting in sorted(service._django_settings.items()):
        if hasattr(global_settings, name) and getattr(global_settings, name) == setting.value:
            continue
        over = f", over {setting.over}" if setting.over else ""
        lines.append(f"{name} = {redacted({name: setting.value})[name]!r}  # {setting.source}{over}")
    return lines


if __name__ == "__main__":
    main()
