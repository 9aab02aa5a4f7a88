"""Description of a client: its request functions, their arguments and results, and the clients that it mounts.

It knows of no API class and no module. Types are Python's: annotations that pydantic validates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from utilmeta.core.request.markers import Param


@dataclass(frozen=True)
class Argument:
    """An argument of a request function.

    ``marker`` says where it is sent, under which alias, and with which constraints and default; ``where`` is its place
    in errors.
    """

    name: str
    annotation: Any
    marker: Param
    where: str


@dataclass(frozen=True)
class RequestFunction:
    """A request function; ``label`` is what it is called in errors, and ``doc`` what is said of it.

    ``template`` is its route below that of its client. ``returns`` are templates, and Response itself for any answer.
    """

    name: str
    label: str
    method: str
    template: str
    arguments: Sequence[Argument]
    returns: Sequence[Any]
    asynchronous: bool
    doc: str = ""


@dataclass(frozen=True)
class Mounted:
    """A client that another mounts, under a name and at a route."""

    name: str
    template: str
    client: Description


@dataclass(frozen=True)
class Description:
    """A client, whose class is called ``name``."""

    name: str
    functions: Sequence[RequestFunction]
    mounts: Sequence[Mounted]
    doc: str = ""
