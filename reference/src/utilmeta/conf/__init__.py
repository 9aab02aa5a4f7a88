"""Configurations of a service, given to it with ``service.use``, and ``Env``, which reads environment variables."""

from typing import TYPE_CHECKING, Any

from utilmeta.conf.config import Config
from utilmeta.conf.preference import Preference
from utilmeta.conf.time import Time

if TYPE_CHECKING:
    from utilmeta.conf.env import Env

__all__ = ["Config", "Env", "Preference", "Time"]


def __getattr__(name: str) -> Any:
    """``Env``, imported when it is first asked for, so that a service without one does not load it."""
    if name == "Env":
        from utilmeta.conf.env import Env

        return Env
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
