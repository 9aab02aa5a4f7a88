"""Public helpers of UtilMeta: the exceptions that services raise and catch, and the Error that their hooks get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from utilmeta.core.response.error import Error

__all__ = ["Error"]


def __getattr__(name: str) -> Any:
    """Import Error when it is asked for: what it needs imports the exceptions of this package (API-g46)."""
    if name != "Error":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from utilmeta.core.response.error import Error

    return Error
