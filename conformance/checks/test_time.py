"""TIME: how dates and times stand in a response."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest

from conformance import chance
from conformance.check import must
from conformance.exchange import Exchange
from conformance.target import Target

DEFAULT_FORMATS = {"date_format": "%Y-%m-%d", "time_format": "%H:%M:%S", "datetime_format": "%Y-%m-%d %H:%M:%S"}
KINDS = ("date", "time", "datetime")

Settings = Callable[[], dict[str, Any]]


def moment() -> datetime.datetime:
    """One for a run, as are the formats, so that the checks share their services."""
    microseconds = chance.of("moment").randrange(3 * 10**15) * 2 + 1
    return datetime.datetime(2000, 1, 1) + datetime.timedelta(microseconds=microseconds)


def own_formats() -> dict[str, str]:
    word = f"{chance.of('formats').getrandbits(32):08x}"
    return {
        "date_format": f"%d.%m.%Y {word}",
        "time_format": f"{word} %Hh%M",
        "datetime_format": f"%Y{word}%m%d|%H%M%S.%f",
    }


def no_time() -> dict[str, Any]:
    return {}


def plain() -> dict[str, Any]:
    return {"formats": "{}"}


def own() -> dict[str, Any]:
    return {"formats": json.dumps(own_formats())}


def answered(target: Target, settings: Settings, name: str) -> Exchange:
    service = target.shared("clock", moment=moment().isoformat(), **settings())
    answer = service.get(f"/api/{name}")
    assert answer.status == 200, str(answer)
    return answer


def alone(target: Target, settings: Settings, name: str) -> Any:
    """A result at the top level; whether it stands there as JSON or as plain text, the page leaves open."""
    answer = answered(target, settings, name)
    return answer.json() if answer.content_type == "application/json" else answer.text


def result(target: Target, settings: Settings, name: str) -> Any:
    answer = answered(target, settings, name)
    assert answer.content_type == "application/json", str(answer)
    return answer.json()


def shaped(settings: Settings) -> dict[str, str]:
    formats = own_formats() if settings is own else DEFAULT_FORMATS
    return {kind: moment().strftime(formats[f"{kind}_format"]) for kind in KINDS}


@must("TIME-3", kills="time_default_is_iso")
@pytest.mark.parametrize("settings", [no_time, plain], ids=["no Time", "a plain Time"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_date_or_time_has_the_default_format(target: Target, kind: str, settings: Settings) -> None:
    assert alone(target, settings, kind) == shaped(settings)[kind]


@must("TIME-4", kills="time_formats_ignored")
@pytest.mark.parametrize("kind", KINDS)
def test_a_format_of_ones_own_shapes_a_result(target: Target, kind: str) -> None:
    assert alone(target, own, kind) == shaped(own)[kind]


BOTH = pytest.mark.parametrize("settings", [no_time, own], ids=["default formats", "own formats"])


@must("TIME-4", kills="time_formats_at_the_top_alone")
@BOTH
def test_the_formats_shape_what_is_nested_in_a_mapping(target: Target, settings: Settings) -> None:
    expected = shaped(settings)
    assert result(target, settings, "mapping") == {**expected, "deeper": [{"again": expected}]}


@must("TIME-4", kills="time_formats_at_the_top_alone")
@BOTH
def test_the_formats_shape_what_is_nested_in_a_list(target: Target, settings: Settings) -> None:
    expected = shaped(settings)
    assert result(target, settings, "listing") == [*expected.values(), [expected["datetime"]]]
