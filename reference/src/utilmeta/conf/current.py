"""The one service of this process (SERVICE-20), behind ``from utilmeta import service`` (SERVICE-19)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from utilmeta.utils.exceptions import ServiceError

if TYPE_CHECKING:
    from utilmeta.conf.service import Service

_current: Service | None = None


def current() -> Service:
    """The service of this process. Raises ImportError before there is one."""
    if _current is None:
        raise ImportError(
            "there is no service in this process yet: `from utilmeta import service` works once UtilMeta(...) has been "
            "called; import the module that calls it first"
        )
    return _current


def found() -> Service | None:
    """The service of this process; None before there is one."""
    return _current


def register(service: Service) -> None:
    """Make ``service`` the service of the process."""
    global _current
    _current = service


def refuse_second(service: Service) -> None:
    """Raise ServiceError where the process has a service already; that one stays the service."""
    if _current is None:
        return
    file = service.module_file
    if service.module_name != _current.module_name and file is not None and file == _current.module_file:
        raise ServiceError(
            f"the file {Path(file).name} declares its service a second time: it runs as module "
            f"{_current.module_name!r} and is imported again as {service.module_name!r}. Import the service with "
            f"`from utilmeta import service`, not from {service.module_name!r}; or move what is imported elsewhere"
        )
    raise ServiceError(
        f"there is a service in this process already, {_current.name!r} of module {_current.module_name!r}; a process "
        "has one. Use it with `from utilmeta import service`"
    )
