"""The values of a service that configurations and the layers below the service may read."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, TypeVar

from utilmeta.conf.config import Config

AnyConfig = TypeVar("AnyConfig", bound=Config)


class Service(Protocol):
    """The public values of a service, its arguments as they were checked; ``UtilMeta`` is the one class that has them.

    Sizes are in bytes, time-outs in seconds; the arguments of ``UtilMeta`` say what each is for.
    """

    module_name: str
    name: str
    description: str
    host: str
    port: int
    version: str | None
    route: str
    max_body_size: int
    max_json_size: int
    max_json_values: int
    max_header_fields: int
    max_header_size: int
    header_timeout: float
    body_timeout: float
    keep_alive_timeout: float
    max_waiting: int
    graceful_timeout: float
    allowed_hosts: tuple[str, ...] | None
    auto_reload: bool
    origin: str | None
    trusted_proxies: tuple[str, ...]

    @property
    def module_file(self) -> str | None:
        """The file of the declaring module; None in an interactive session."""

    @property
    def project_directory(self) -> Path:
        """The directory of the declaring module, else the working directory."""

    @property
    def backend(self) -> str:
        """The backend's name, such as ``"flask"``."""

    @property
    def asynchronous(self) -> bool:
        """Whether ``async def`` endpoints and hooks are served (SERVICE-16b)."""

    @property
    def production(self) -> bool:
        """Whether the service is in production (SERVICE-6b, SERVICE-8b)."""

    def get_config(self, cls: type[AnyConfig]) -> AnyConfig | None:
        """The configuration of this class or of a subclass of it; None if there is none."""

    def setup(self) -> None:
        """Prepare the configurations; done once, further calls do nothing (CONFIG-4c)."""
