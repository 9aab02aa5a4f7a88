"""Preferences: switches of UtilMeta's own behaviour."""

from __future__ import annotations

from types import ModuleType

from utilmeta.conf.config import Config

CLIENT_BACKENDS = ("httpx", "aiohttp", "requests", "urllib")


class Preference(Config):
    """How a service behaves where it has a choice; see the PREFERENCE chapter of the contract.

    Raises TypeError for an unknown keyword or a value of the wrong type, ValueError for one out of range (CONFIG-3b).
    """

    def __init__(
        self,
        *,
        strict_root_route: bool = False,
        api_default_strict_response: bool | None = None,
        client_default_request_backend: str | ModuleType = "urllib",
        default_aborted_response_status: int = 503,
        default_timeout_response_status: int = 504,
        orm_default_query_distinct: bool | None = None,
        orm_default_gather_async_fields: bool = False,
        orm_raise_non_exists_required_field: bool = False,
        orm_schema_query_max_depth: int = 100,
        dependencies_auto_install_disabled: bool = False,
    ) -> None:
        self.strict_root_route = flag("strict_root_route", strict_root_route)
        self.api_default_strict_response = optional_flag("api_default_strict_response", api_default_strict_response)
        self.client_default_request_backend = client(client_default_request_backend)
        self.default_aborted_response_status = status(
            "default_aborted_response_status", default_aborted_response_status
        )
        self.default_timeout_response_status = status(
            "default_timeout_response_status", default_timeout_response_status
        )
        self.orm_default_query_distinct = optional_flag("orm_default_query_distinct", orm_default_query_distinct)
        self.orm_default_gather_async_fields = flag("orm_default_gather_async_fields", orm_default_gather_async_fields)
        self.orm_raise_non_exists_required_field = flag(
            "orm_raise_non_exists_required_field", orm_raise_non_exists_required_field
        )
        self.orm_schema_query_max_depth = positive("orm_schema_query_max_depth", orm_schema_query_max_depth)
        self.dependencies_auto_install_disabled = flag(
            "dependencies_auto_install_disabled", dependencies_auto_install_disabled
        )


def flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"Preference: {name} takes True or False, not {value!r}")
    return value


def optional_flag(name: str, value: object) -> bool | None:
    return None if value is None else flag(name, value)


def positive(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"Preference: {name} takes a whole number, not {value!r}")
    if value < 1:
        raise ValueError(f"Preference: {name} must be at least 1, not {value}")
    return value


def status(name: str, value: object) -> int:
    number = positive(name, value)
    if not 100 <= number <= 599:
        raise ValueError(f"Preference: {name} takes an HTTP status from 100 to 599, not {number}")
    return number


def client(value: object) -> str:
    name = value.__name__ if isinstance(value, ModuleType) else value
    if not isinstance(name, str):
        raise TypeError(f"Preference: client_default_request_backend takes a module or its name, not {value!r}")
    if name.split(".")[0] not in CLIENT_BACKENDS:
        raise ValueError(
            f"Preference: client_default_request_backend is one of {', '.join(CLIENT_BACKENDS)}, not {name!r}"
        )
    return name.split(".")[0]
