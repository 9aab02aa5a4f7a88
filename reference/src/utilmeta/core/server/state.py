"""The state of a service: what has been declared of it, and what has been made of that.

``UtilMeta`` owns it. Compiling, running, embedding and setting up Django are given the state, and reach the public
values of the service, such as its limits, by way of ``ServiceState.service``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from utilmeta.conf.config import Config
from utilmeta.core.pipeline.lifecycle import Lifecycle

if TYPE_CHECKING:
    from utilmeta.conf.service import AnyConfig, Service
    from utilmeta.core.api.declaration import API
    from utilmeta.core.routing.table import RouteTable
    from utilmeta.core.server.backends.base import Adapter
    from utilmeta.core.server.django_setup.setting import Setting
    from utilmeta.core.server.foreign import ForeignApplication


@dataclass(frozen=True, kw_only=True, eq=False)
class ServiceState:
    """What is declared of one service. The fields are never replaced; the lists and dicts fill as it is declared."""

    service: Service
    """The service itself, as configurations are given it."""
    adapter_class: type[Adapter]
    """The backend."""
    injected: Any
    """The user's application that was given as ``backend``; None where a new one is built."""
    given_production: bool | None
    """The argument ``production``; None where it was not given."""
    asynchronous: bool
    """Whether ``async def`` endpoints and hooks are served (SERVICE-16b)."""
    api: type[API] | str | None
    """The argument ``api``: the root API, or a reference to it."""
    natives: list[Any]
    """The user's applications: the injected one, and those that were adapted."""
    adaptations: list[tuple[Any, str]] = field(default_factory=list)
    """The applications that the service was put into, None for a module, each with the route before the root route."""
    mounts: list[tuple[str, type[API] | str]] = field(default_factory=list)
    """The API classes, or references to them, that are mounted, each with its route."""
    foreign: list[ForeignApplication] = field(default_factory=list)
    """Applications that are not UtilMeta's and that are mounted (MIGRATION-g10)."""
    configurations: dict[type[Config], Config] = field(default_factory=dict)
    """The configurations in the order of ``use``."""
    django_settings: dict[str, Setting] = field(default_factory=dict)
    """Django's settings by name, each with its source; empty before ``setup`` and where Django is not used."""
    tables: list[RouteTable[Any]] = field(default_factory=list)
    """The route tables that were compiled: of ``application`` and of each ``adapt``."""
    lifecycle: Lifecycle = field(default_factory=Lifecycle)
    """The startup and shutdown hooks."""

    @property
    def production(self) -> bool:
        """As given; else the opposite of the debug flag of the user's first application, else False (SERVICE-8b)."""
        if self.given_production is None and self.natives:
            return not self.adapter_class.get_debug(self.natives[0])
        return bool(self.given_production)

    @property
    def adapted(self) -> bool:
        """Whether the service is put into an application of the user's, by ``adapt`` (API-8c)."""
        return len(self.natives) > (self.injected is not None)

    def get_config(self, cls: type[AnyConfig]) -> AnyConfig | None:
        """The configuration of this class or of a subclass of it; None if there is none."""
        exact = self.configurations.get(cls)
        if exact is not None:
            return exact  # type: ignore[return-value]
        return next((config for config in self.configurations.values() if isinstance(config, cls)), None)
