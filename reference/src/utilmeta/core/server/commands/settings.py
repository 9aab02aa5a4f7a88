"""``meta settings server:service``: shows a service's Django settings (DJANGO-5d)."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from utilmeta.core.server.commands.error import CommandError, forbid_exit
from utilmeta.core.server.reference import ModuleMissing, import_module, split
from utilmeta.core.server.service import UtilMeta


def add(commands: Any) -> None:
    """Add the parser."""
    settings = commands.add_parser(
        "settings",
        help="show the Django settings of a service",
        description="Each Django setting that differs from Django's own default, its value, and who says it. Secrets "
        "are masked.",
    )
    settings.add_argument("service", help="module:name of the service, such as server:service")
    settings.set_defaults(run=show)


def show(arguments: argparse.Namespace) -> None:
    """Set the service up and write its settings. Raises CommandError for a reference that names no service, and
    ServiceError for a service that cannot be set up."""
    if os.getcwd() not in sys.path:
        sys.path.insert(0, os.getcwd())
    with forbid_exit():
        service = find_service(arguments.service)
        service.setup()
    sys.stdout.write("".join(f"{line}\n" for line in described(service)))


def find_service(reference: str) -> UtilMeta:
    """The service that ``module:name`` refers to; the module is imported. Raises CommandError with the cure."""
    path, name = split(reference) or ("", "")
    if not path:
        raise CommandError(f"{reference!r} is no reference to a service; give module:name, such as server:service", 2)
    try:
        module = import_module(path)
    except ModuleMissing as error:
        raise CommandError(
            f"{reference!r}: {error} in {os.getcwd()} or where Python looks; call this from the directory that the "
            "service is run from",
            2,
        ) from None
    found: Any = getattr(module, name, None)
    if isinstance(found, UtilMeta):
        return found
    services = [each for each, value in vars(module).items() if isinstance(value, UtilMeta)]
    wrong = f"{name!r} of it is no service" if hasattr(module, name) else f"it has no {name!r}"
    cure = f"give {path}:{services[0]}" if services else "name a module that calls UtilMeta(...)"
    raise CommandError(f"{reference!r}: the module is there, but {wrong}; {cure}", 2)


def described(service: UtilMeta) -> list[str]:
    """The lines to show: ``NAME = value  # source`` for each setting in alphabetical order, secrets masked."""
    if not service.django_settings:
        return [f"{service.name} is on {service.backend} and uses no Django: it has no Django settings."]
    from django.conf import global_settings

    from utilmeta.conf.secret import redacted

    lines = []
    for name, setting in sorted(service.django_settings.items()):
        if hasattr(global_settings, name) and getattr(global_settings, name) == setting.value:
            continue
        over = f", over {setting.over}" if setting.over else ""
        lines.append(f"{name} = {redacted({name: setting.value})[name]!r}  # {setting.source}{over}")
    return lines
