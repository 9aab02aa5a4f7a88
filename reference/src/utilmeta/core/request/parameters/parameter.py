"""A compiled parameter of an endpoint, and the validation of what was sent for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pydantic

from utilmeta.core.request.markers import Param
from utilmeta.core.request.schemas.adapter import Adapter
from utilmeta.core.request.schemas.error_location import faults_of
from utilmeta.core.request.schemas.model import Model
from utilmeta.core.request.schemas.validation_error import MISSING, MOST_OFFENCES
from utilmeta.core.request.unset import UNSET, DefaultFactory

# The reason for a RecursionError, which types of other libraries raise while they parse.
TOO_DEEP = "is nested too deeply"

NO_NAMES: Mapping[str, str] = {}

Arguments = dict[str, Any]
Offence = dict[str, str]
"""One error of a parameter: ``in``, ``name`` and ``reason`` (ERROR-2b)."""


@dataclass(frozen=True)
class Parameter:
    """One compiled parameter of an endpoint.

    It is sent as ``sent_as``, empty for a whole set, and looked up as ``key``, which for a header is in lower case.
    ``validate`` is None where a text needs no check. ``model`` is that of a whole set; ``shown`` are the names of its
    members in errors, where those are not the model's.
    """

    name: str
    marker: Param
    sent_as: str
    key: str
    default: Any
    many: bool
    adapter: Adapter
    validate: Callable[[Any], Any] | None
    model: Model | None = None
    shown: Mapping[str, str] = field(default_factory=lambda: NO_NAMES)
    annotation: Any = Any

    @property
    def optional(self) -> bool:
        """Whether the parameter has a default."""
        return self.default is not UNSET


def take(parameter: Parameter, value: Any, arguments: Arguments, errors: list[Offence]) -> None:
    """Validate what was sent for a parameter: add it to ``arguments``, or what is wrong with it to ``errors``.

    ``value`` is UNSET where nothing was sent.
    """
    if value is UNSET:
        absent(parameter, arguments, errors)
        return
    try:
        arguments[parameter.name] = value if parameter.validate is None else parameter.validate(value)
    except pydantic.ValidationError as error:
        place, most_errors = parameter.marker.place, parameter.adapter.most_errors
        errors.extend(offences(error, place, parameter.sent_as, shown=parameter.shown, most_errors=most_errors))
    except RecursionError:
        errors.append(offence(parameter.marker.place, parameter.sent_as or parameter.name, TOO_DEEP))


def absent(parameter: Parameter, arguments: Arguments, errors: list[Offence]) -> None:
    """Add the default of a parameter that was not sent to ``arguments``, or an error if it has none."""
    if parameter.default is UNSET:
        errors.append(offence(parameter.marker.place, parameter.sent_as, MISSING))
    elif isinstance(parameter.default, DefaultFactory):
        arguments[parameter.name] = parameter.default.make()
    else:
        arguments[parameter.name] = parameter.default


def offences(
    error: pydantic.ValidationError,
    place: str,
    key: str,
    whole: str = "",
    *,
    shown: Mapping[str, str] = NO_NAMES,
    most_errors: int = MOST_OFFENCES,
) -> list[Offence]:
    """Return what is wrong by an error of validation, in the form of ERROR-2b, each name once.

    Names are those of members below ``key``; the value as a whole is called ``key`` or ``whole``. More than
    ``most_errors`` errors are told as one.
    """
    faults = faults_of(error) if error.error_count() <= most_errors else []
    if not 0 < len(faults) <= MOST_OFFENCES:
        return [offence(place, key or whole, f"more than {MOST_OFFENCES} values in it are missing or do not convert")]
    found: dict[str, Offence] = {}
    for location, reason in faults:
        parts = [str(part) for part in ((key, *location) if key else location)]
        name = ".".join([shown.get(part, part) for part in parts[:1]] + parts[1:]) or whole
        found.setdefault(name, offence(place, name, reason))
    return list(found.values())


def offence(place: str, name: str, reason: str) -> Offence:
    """Return one error in the form of ERROR-2b."""
    return {"in": place, "name": name, "reason": reason}
