"""Configurations that a service takes with ``use``, and the environment variables that they are made of."""

from typing import TYPE_CHECKING, Any

from utilmeta.conf.config import Config
from utilmeta.conf.preference import Preference
from utilmeta.conf.time import Time

if TYPE_CHECKING:
    from utilmeta.conf.env import Env

__all__ = ["Config", "Env", "Preference", "Time"]


def __getattr__(name: str) -> Any:
    """``from utilmeta.conf import Env``, imported when it is asked for: a service without one has nothing to pay."""
    if name == "Env":
        from utilmeta.conf.env import Env

        return Env
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
