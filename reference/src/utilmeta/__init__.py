"""UtilMeta: one API class, served by the web framework of your choice."""

from typing import TYPE_CHECKING, Any

from utilmeta.core.server.service import UtilMeta

if TYPE_CHECKING:
    service: UtilMeta

__all__ = ["UtilMeta"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """``from utilmeta import service``: the service of this process (SERVICE-19)."""
    if name == "service":
        from utilmeta.conf.current import current

        return current()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
