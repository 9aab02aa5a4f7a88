"""The base of every configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from utilmeta.core.server.service import UtilMeta


class Config:
    """A piece of configuration, injected once with ``service.use(config)`` (CONFIG-1, CONFIG-2).

    A subclass checks its values in ``__init__`` and may take part in the service's life by overriding the methods
    below; each does nothing by default (CONFIG-8).
    """

    def setup(self, service: UtilMeta) -> None:
        """Called once by ``service.setup()``, in the order of ``use``."""

    def on_startup(self, service: UtilMeta) -> None:
        """Called once in every serving process, before the service's own startup hooks, off the event loop."""

    def on_shutdown(self, service: UtilMeta) -> None:
        """Called once in every serving process, after the service's own shutdown hooks, off the event loop."""
