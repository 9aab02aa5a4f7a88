"""``meta gen_client``: writes a module with a client of the project's service (CLI-g12).

What writes it is imported for this command alone.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from utilmeta.core.request.origin import local_url
from utilmeta.core.server.commands.error import CommandError
from utilmeta.core.server.commands.project import find_project
from utilmeta.core.server.service import UtilMeta
from utilmeta.utils.exceptions import DeclarationError


def add(commands: Any) -> None:
    """Add the parser."""
    parser = commands.add_parser("gen_client", help="write a module with a client of the service")
    parser.add_argument("--to", metavar="FILE", help="the file to write, which is replaced; else standard output")
    parser.add_argument("--async", dest="asynchronous", action="store_true", help="write functions that are awaited")
    parser.add_argument("--class", dest="name", metavar="NAME", help="the name of the client's class")
    parser.add_argument("--openapi", metavar="FILE", help="not there yet: a document to write the client of")
    parser.set_defaults(run=generate)


def generate(arguments: argparse.Namespace) -> None:
    """Write the client of the service. Raises CommandError for what cannot be written; then nothing is."""
    from utilmeta.core.cli.generation.names import identifier

    if arguments.openapi is not None:
        raise CommandError("--openapi is not there yet; leave it out, and the client is that of this project", 2)
    name = arguments.name
    if name is not None and identifier(name) != name:
        raise CommandError(f"--class={name!r} is no name of a class; give letters, digits and _", 2)
    file = None if arguments.to is None else Path(arguments.to).absolute()
    project = find_project()
    service = project.built()
    source = client_of(service, name, asynchronous=arguments.asynchronous)
    if file is None:
        sys.stdout.write(source)
    else:
        put(file, source)
        sys.stdout.write(f"wrote {arguments.to}\n")


def client_of(service: UtilMeta, name: str | None = None, *, asynchronous: bool = False) -> str:
    """Return the source of a module with a client of a service. Raises CommandError naming what cannot be written."""
    from utilmeta.core.cli.client import Client
    from utilmeta.core.cli.generation.api_class import read_apis
    from utilmeta.core.cli.generation.module import write_module

    root, mounts = service.api_classes()
    route = f"/{root.strip('/')}".rstrip("/")
    url = f"{service.origin}{route}" if service.origin else local_url(service.host or "127.0.0.1", service.port, route)
    try:
        description = read_apis(mounts, dir(Client), asynchronous=asynchronous)
        if name is not None:
            description = replace(description, name=name)
        return write_module(description, f"Client of the service {service.name}, by meta gen_client.", url)
    except DeclarationError as error:
        raise CommandError(f"{error}; nothing was written") from error


def put(file: Path, text: str) -> None:
    """Write a file as a whole, in place of one that is there. Raises CommandError where it cannot be written."""
    made = None
    try:
        if file.exists() and not file.is_file():
            raise IsADirectoryError(0, "it is no file")
        with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=".", delete=False, encoding="utf-8") as writing:
            made = Path(writing.name)
            writing.write(text)
        made.chmod(file.stat().st_mode if file.exists() else 0o666 & ~umask())
        made.replace(file)
    except BaseException as error:
        if made is not None:
            with contextlib.suppress(OSError):
                made.unlink()
        if isinstance(error, OSError):
            raise CommandError(f"{file} cannot be written: {error.strerror}; nothing was written") from error
        raise


def umask() -> int:
    """Return the process's file mode creation mask."""
    found = os.umask(0)
    os.umask(found)
    return found
