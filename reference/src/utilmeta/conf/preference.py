"""``Preference``, the configuration of UtilMeta's own behaviour."""

from __future__ import annotations

from types import ModuleType
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from utilmeta.conf.config import Config

CLIENT_BACKENDS = ("httpx", "aiohttp", "requests", "urllib")


def client(value: Any) -> Any:
    """The name of a client library, given as its module or by name. Raises ValueError for an unknown one."""
    name = value.__name__ if isinstance(value, ModuleType) else value
    if not isinstance(name, str):
        return name  # a TypeError
    name = name.partition(".")[0]
    if name not in CLIENT_BACKENDS:
        raise ValueError(f"it is one of {', '.join(CLIENT_BACKENDS)}, as a module or by name, not {name!r}")
    return name


Reaction = Literal["warn", "ignore", "error"]
Status = Annotated[int, Field(ge=100, le=599)]


class Preference(Config):
    """The preferences of a service, for example ``service.use(Preference(strict_root_route=True))``.

    Some have no effect yet, as there are no schemas of the ORM; their values are checked all the same.
    """

    strict_root_route: bool = False
    """Whether the API answers below the root route alone; else without the root route too (PREFERENCE-1)."""
    api_default_strict_response: bool | None = None
    """Whether the result of each annotated endpoint is checked against its annotation; None, the default, means no
    (PREFERENCE-2)."""
    client_default_request_backend: Annotated[str, BeforeValidator(client)] = "urllib"
    """The library that clients send requests with: ``"httpx"``, ``"aiohttp"``, ``"requests"`` or ``"urllib"``, as a
    module or by name (PREFERENCE-3)."""
    default_aborted_response_status: Status = 503
    """The status, 100 to 599, of a client's response where the request failed without one
    (PREFERENCE-4)."""
    default_timeout_response_status: Status = 504
    """The status, 100 to 599, of a client's response where the request timed out (PREFERENCE-5)."""
    orm_default_query_distinct: bool | None = None
    """Whether queries leave out repeated rows; None, the default, means no. No effect yet."""
    orm_default_gather_async_fields: bool = False
    """Whether asynchronous queries fetch unrelated relations concurrently. No effect yet."""
    orm_raise_non_exists_required_field: bool = False
    """Whether a required field of a schema that its model does not have is an error; else a warning. No effect yet."""
    orm_on_non_exists_required_field: Reaction = "warn"
    """What a required field of a schema that its model does not have is: ``"warn"``, ``"ignore"`` or ``"error"``
    (CONFIG-g9). No effect yet."""
    orm_on_conflict_type: Reaction = "ignore"
    """What a field of a schema is whose type is another than its model's: ``"warn"``, ``"ignore"`` or ``"error"``
    (CONFIG-g9). No effect yet."""
    orm_schema_query_max_depth: Annotated[int, Field(ge=1)] = 100
    """How deep nested relations are queried, at least 1. No effect yet."""
    dependencies_auto_install_disabled: bool = False
    """Whether a missing optional package is an error that says what to install; else it is installed with pip where a
    person starts the service outside production (PREFERENCE-10)."""
