"""TIME: how dates and times stand in a response."""

from __future__ import annotations

import datetime
import json
import random
import secrets
from typing import Any

import pytest

from conformance.check import must
from conformance.target import Target

# One moment and one set of formats for a run, so that the checks share their services.
MOMENT = datetime.datetime(2000, 1, 1) + datetime.timedelta(microseconds=random.randrange(3 * 10**15) * 2 + 1)
WORD = secrets.token_hex(4)
DEFAULT_FORMATS = {"date_format": "%Y-%m-%d", "time_format": "%H:%M:%S", "datetime_format": "%Y-%m-%d %H:%M:%S"}
OWN_FORMATS = {
    "date_format": f"%d.%m.%Y {WORD}",
    "time_format": f"{WORD} %Hh%M",
    "datetime_format": f"%Y{WORD}%m%d|%H%M%S.%f",
}
NO_TIME: dict[str, str] = {}
USED_PLAIN = {"formats": "{}"}
USED_OWN = {"formats": json.dumps(OWN_FORMATS)}
KINDS = ("date", "time", "datetime")


def result(target: Target, settings: dict[str, Any], name: str) -> Any:
    service = target.shared("clock", moment=MOMENT.isoformat(), **settings)
    answer = service.get(f"/api/{name}")
    assert answer.status == 200, str(answer)
    assert answer.content_type == "application/json", str(answer)
    return answer.json()


def shaped(settings: dict[str, str]) -> dict[str, str]:
    formats = OWN_FORMATS if settings is USED_OWN else DEFAULT_FORMATS
    return {kind: MOMENT.strftime(formats[f"{kind}_format"]) for kind in KINDS}


@must("TIME-3")
@pytest.mark.parametrize("settings", [NO_TIME, USED_PLAIN], ids=["no Time", "a plain Time"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_date_or_time_has_the_default_format(target: Target, kind: str, settings: dict[str, str]) -> None:
    assert result(target, settings, kind) == shaped(settings)[kind]


@must("TIME-4")
@pytest.mark.parametrize("kind", KINDS)
def test_a_format_of_ones_own_shapes_a_result(target: Target, kind: str) -> None:
    assert result(target, USED_OWN, kind) == shaped(USED_OWN)[kind]


BOTH = pytest.mark.parametrize("settings", [NO_TIME, USED_OWN], ids=["default formats", "own formats"])


@must("TIME-4")
@BOTH
def test_the_formats_shape_what_is_nested_in_a_mapping(target: Target, settings: dict[str, str]) -> None:
    expected = shaped(settings)
    assert result(target, settings, "mapping") == {**expected, "deeper": [{"again": expected}]}


@must("TIME-4")
@BOTH
def test_the_formats_shape_what_is_nested_in_a_list(target: Target, settings: dict[str, str]) -> None:
    expected = shaped(settings)
    assert result(target, settings, "listing") == [*expected.values(), [expected["datetime"]]]


@must("TIME-4")
@BOTH
def test_the_formats_shape_the_fields_of_a_dataclass(target: Target, settings: dict[str, str]) -> None:
    expected = shaped(settings)
    appointment = {"day": expected["date"], "hour": expected["time"], "moments": [expected["datetime"]] * 2}
    assert result(target, settings, "appointment") == appointment
    assert result(target, settings, "appointments") == [{**appointment, "moments": []}]
