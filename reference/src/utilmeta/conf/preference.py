"""Preferences: switches of UtilMeta's own behaviour."""

from __future__ import annotations

from types import ModuleType
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from utilmeta.conf.config import Config

CLIENT_BACKENDS = ("httpx", "aiohttp", "requests", "urllib")


def client(value: Any) -> Any:
    name = value.__name__ if isinstance(value, ModuleType) else value
    if not isinstance(name, str):
        return name  # a TypeError
    name = name.partition(".")[0]
    if name not in CLIENT_BACKENDS:
        raise ValueError(f"it is one of {', '.join(CLIENT_BACKENDS)}, as a module or by name, not {name!r}")
    return name


Status = Annotated[int, Field(ge=100, le=599)]


class Preference(Config):
    """How a service behaves where it has a choice; see the PREFERENCE chapter of the contract."""

    strict_root_route: bool = False
    api_default_strict_response: bool | None = None
    client_default_request_backend: Annotated[str, BeforeValidator(client)] = "urllib"
    default_aborted_response_status: Status = 503
    default_timeout_response_status: Status = 504
    orm_default_query_distinct: bool | None = None
    orm_default_gather_async_fields: bool = False
    orm_raise_non_exists_required_field: bool = False
    orm_schema_query_max_depth: Annotated[int, Field(ge=1)] = 100
    dependencies_auto_install_disabled: bool = False
