"""TIME: the zone of a service, and how dates and times stand in a response."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest

from conformance.contract.check import must, should
from conformance.contract.variant import Start
from conformance.foundation import loopback, seeded_random
from conformance.foundation.deadline import START, Deadline
from conformance.target.exchange import Exchange
from conformance.target.service import NONCE_PATH
from conformance.target.target import Target

DEFAULT_FORMATS = {"date_format": "%Y-%m-%d", "time_format": "%H:%M:%S", "datetime_format": "%Y-%m-%d %H:%M:%S"}
KINDS = ("date", "time", "datetime")

Settings = Callable[[], dict[str, Any]]


def moment() -> datetime.datetime:
    """One for a run, as are the formats, so that the checks share their services."""
    microseconds = seeded_random.of("moment").randrange(3 * 10**15) * 2 + 1
    return datetime.datetime(2000, 1, 1) + datetime.timedelta(microseconds=microseconds)


def own_formats() -> dict[str, str]:
    word = f"{seeded_random.of('formats').getrandbits(32):08x}"
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
    service = target.shared("time_results", moment=moment().isoformat(), **settings())
    answer = service.get(f"/api/{name}")
    assert answer.status == 200, str(answer)
    return answer


def alone(target: Target, settings: Settings, name: str) -> Any:
    """A result at the top level; whether it stands there as JSON or as plain text, the page leaves open."""
    answer = answered(target, settings, name)
    return answer.json() if answer.text.startswith('"') else answer.text


def result(target: Target, settings: Settings, name: str) -> Any:
    return answered(target, settings, name).json()


def shaped(settings: Settings) -> dict[str, str]:
    formats = own_formats() if settings is own else DEFAULT_FORMATS
    return {kind: moment().strftime(formats[f"{kind}_format"]) for kind in KINDS}


@must("TIME-3b", kills="time_default_is_iso")
@pytest.mark.parametrize("kind", KINDS)
def test_without_a_time_it_has_the_default_format(target: Target, kind: str) -> None:
    assert result(target, no_time, "mapping")[kind] == shaped(no_time)[kind]


BOTH = pytest.mark.parametrize("settings", [plain, own], ids=["default formats", "own formats"])


@must("TIME-4b", kills="time_formats_ignored")
@BOTH
@pytest.mark.parametrize("kind", KINDS)
def test_the_formats_shape_what_is_the_whole_result(target: Target, settings: Settings, kind: str) -> None:
    assert alone(target, settings, kind) == shaped(settings)[kind]


@must("TIME-4b", kills="time_formats_at_the_top_alone")
@BOTH
def test_the_formats_shape_what_is_nested_in_a_mapping(target: Target, settings: Settings) -> None:
    expected = shaped(settings)
    assert result(target, settings, "mapping") == {**expected, "deeper": [{"again": expected}]}


@must("TIME-4b", kills="time_formats_at_the_top_alone")
@BOTH
def test_the_formats_shape_what_is_nested_in_a_list(target: Target, settings: Settings) -> None:
    expected = shaped(settings)
    assert result(target, settings, "listing") == [*expected.values(), [expected["datetime"]]]


# What the page documents: asked of time_documented.py.


def documented(target: Target, path: str, **settings: Any) -> dict[str, Any]:
    service = target.shared("time_documented", moment=moment().isoformat(), **settings)
    return members(service.get(f"/api/{path}"))


def members(answer: Exchange) -> dict[str, Any]:
    assert answer.status == 200, str(answer)
    return answer.members()


@must("TIME-3", kills="time_default_is_iso")
@pytest.mark.parametrize("kind", KINDS)
def test_a_date_or_time_has_the_default_format(target: Target, kind: str) -> None:
    assert documented(target, "told", time="{}")[kind] == shaped(plain)[kind]


@must("TIME-4", kills="time_formats_ignored")
@pytest.mark.parametrize("kind", KINDS)
def test_a_format_of_ones_own_shapes_a_result(target: Target, kind: str) -> None:
    assert documented(target, "told", time=json.dumps(own_formats()))[kind] == shaped(own)[kind]


def wall_clock(answer: dict[str, Any]) -> str:
    """Day and time, to the second, that the aware datetime is written with; the rest is another requirement's."""
    written: str = answer["aware"][: len("2000-01-01 00:00:00")]
    return written.replace("T", " ")


@must("TIME-1a", kills="time_zone_ignored")
def test_an_aware_datetime_in_utc_is_written_as_it_is_where_that_is_the_time_zone(target: Target) -> None:
    time = json.dumps({"time_zone": "UTC", "datetime_format": "%Y-%m-%dT%H:%M:%SZ"})
    found = documented(target, "aware", time=time, local=KOLKATA.key)
    assert wall_clock(found) == moment().strftime("%Y-%m-%d %H:%M:%S")


@must("TIME-1a", start=Start.SCRIPT, kills="time_zone_is_utc_unless_given")
def test_one_in_the_machines_local_zone_is_written_as_it_is_without_a_time_zone(target: Target) -> None:
    offset = KOLKATA.utcoffset(moment())
    assert offset is not None
    address = (target.host, loopback.free_port(target.host))
    script = target.script(  # a process whose local zone is another one from the beginning
        "time_documented",
        address=address,
        host=address[0],
        port=address[1],
        moment=moment().isoformat(),
        time="{}",
        local=KOLKATA.key,
        offset=offset // MINUTE,
        wait=False,
    )
    script.host = None  # asked as `localhost`, whatever its address: a framework may refuse another name
    script.answers(Deadline.after(START), NONCE_PATH)
    assert wall_clock(members(script.get("/api/aware"))) == moment().strftime("%Y-%m-%d %H:%M:%S")


# Zones: what time_parameters.py answers.

WITH_OFFSET = "%Y-%m-%dT%H:%M:%S.%f%z"
UTC = datetime.timezone.utc
HOUR, MINUTE = datetime.timedelta(hours=1), datetime.timedelta(minutes=1)
KOLKATA, NEW_YORK = ZoneInfo("Asia/Kolkata"), ZoneInfo("America/New_York")


def zoned(local: str, later: str | None = None, **time: Any) -> dict[str, Any]:
    return {"local": local, "time": json.dumps(time), **({} if later is None else {"later": later})}


NO_TIME: dict[str, Any] = {"local": NEW_YORK.key}
LOCAL = zoned(NEW_YORK.key, KOLKATA.key, datetime_format=WITH_OFFSET)
NAMED = zoned(NEW_YORK.key, time_zone=KOLKATA.key, datetime_format=WITH_OFFSET, time_format="%H:%M:%S%z")
LITERAL = zoned(KOLKATA.key, time_zone="UTC", use_tz=False, datetime_format="%Y-%m-%dT%H:%M:%SZ")


def told(target: Target, settings: dict[str, Any], *values: str) -> list[str]:
    """What the service makes of the values, which are written as time_parameters.py reads them."""
    service = target.shared("time_parameters", **settings)
    answer = service.get("/api/told?" + urlencode([("value", value) for value in values]))
    assert answer.status == 200, str(answer)
    found = answer.json()["told"]
    assert len(found) == len(values), str(answer)
    return [str(text) for text in found]


def instants(number: int = 6) -> list[datetime.datetime]:
    """That many between 2008 and 2036, each with another offset."""
    return [
        datetime.datetime(2008, 1, 1, tzinfo=UTC).astimezone(offset)
        + datetime.timedelta(seconds=seeded_random.below(9 * 10**8))
        for offset in (
            datetime.timezone(datetime.timedelta(minutes=seeded_random.below(2 * 14 * 60) - 14 * 60))
            for _ in range(number)
        )
    ]


def sent(moments: list[datetime.datetime]) -> list[str]:
    return [f"datetime {moment.isoformat()}" for moment in moments]


def read(text: str) -> datetime.datetime:
    try:
        return datetime.datetime.strptime(text, WITH_OFFSET)
    except ValueError:
        raise AssertionError(f"it has another form than {WITH_OFFSET}: {text}") from None


def sunday(year: int, month: int, number: int) -> datetime.datetime:
    """The midnight that a month's Sunday of that number begins with."""
    first = datetime.datetime(year, month, 1)
    return first + datetime.timedelta(days=(6 - first.weekday()) % 7 + 7 * (number - 1))


def changes() -> tuple[datetime.datetime, datetime.datetime]:
    """The days of a year between 2008 and 2036 when New York's clocks go forward, and when they go back, at 2:00."""
    year = 2008 + seeded_random.below(29)
    return sunday(year, 3, 2), sunday(year, 11, 1)


def at(day: datetime.datetime, hour: int) -> datetime.datetime:
    """Some moment of the hour."""
    return day + datetime.timedelta(hours=hour, seconds=seeded_random.below(3600))


@must("TIME-1d", kills="time_local_zone_found_at_each_use")
def test_the_machines_local_zone_is_the_one_when_the_configuration_was_built(target: Target) -> None:
    moments = instants()
    expected = [moment.astimezone(NEW_YORK).strftime(WITH_OFFSET) for moment in moments]
    assert told(target, LOCAL, *sent(moments)) == expected


@must("TIME-1d", kills="time_zone_is_utc_unless_given")
def test_without_a_time_it_is_the_machines_local_zone(target: Target) -> None:
    moments = instants()
    expected = [moment.astimezone(NEW_YORK).strftime(DEFAULT_FORMATS["datetime_format"]) for moment in moments]
    assert told(target, NO_TIME, *sent(moments)) == expected


@must("TIME-1d", kills="time_zone_ignored")
def test_an_iana_name_is_taken(target: Target) -> None:
    moments = instants()
    expected = [moment.astimezone(KOLKATA).strftime(WITH_OFFSET) for moment in moments]
    assert told(target, NAMED, *sent(moments)) == expected


@must("TIME-5", kills=("time_zone_ignored", "time_aware_written_as_it_is", "time_use_tz_decides_what_is_told"))
def test_a_literal_z_never_lies(target: Target) -> None:
    moments = instants()
    abroad = [moment.replace(tzinfo=None) for moment in moments]
    values = [*sent(moments), *(f"Asia/Tokyo {moment.isoformat()}" for moment in abroad)]
    moments += [moment.replace(tzinfo=ZoneInfo("Asia/Tokyo")) for moment in abroad]
    expected = [moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for moment in moments]
    assert told(target, LITERAL, *values) == expected


@must("TIME-1b", kills="time_unknown_zone_is_utc")
def test_an_unknown_zone_is_an_error_at_once(target: Target) -> None:
    word = seeded_random.word()
    names = [
        f"Mars/{word}",
        word,
        "",
        "America",
        "America/New York",
        "UTC+3",
        "../zoneinfo/UTC",
        f"/{word}",
        5,
        ["UTC"],
    ]
    found = target.probe("time_zones", "refused", names=names).value
    assert [name for name, refusal in zip(names, found, strict=True) if refusal is None] == []
    for name, refusal in zip(names, found, strict=True):
        if isinstance(name, str):
            assert name in refusal["message"]


@should("TIME-1c")
def test_iana_names_are_taken_where_the_machine_has_no_zone_data(target: Target) -> None:
    names = ["UTC", KOLKATA.key, NEW_YORK.key, "Nowhere/At_All"]
    *known, unknown = target.probe("time_zones", "refused_without_data", names=names).value
    assert known == [None, None, None]
    assert unknown is not None


@must("TIME-2", kills=("time_django_not_told", "time_use_tz_false_not_told"))
def test_djangos_use_tz_agrees_and_is_true_by_default(target: Target) -> None:
    found = target.probe(
        "time_zones",
        "django_settings",
        local=KOLKATA.key,
        each=[{"time_zone": "UTC"}, {"time_zone": "UTC", "use_tz": False}],
        documented=True,
    ).value
    assert [each["USE_TZ"] for each in found] == [True, False]


@must("TIME-2b", kills=("time_django_not_told", "time_zone_ignored"))
def test_django_is_told_the_same_zone(target: Target) -> None:
    each = [None, {}, {"time_zone": NEW_YORK.key, "use_tz": False}]
    assert target.probe("time_zones", "django_settings", local=KOLKATA.key, each=each).value == [
        {"USE_TZ": True, "TIME_ZONE": KOLKATA.key},
        {"USE_TZ": True, "TIME_ZONE": KOLKATA.key},
        {"USE_TZ": False, "TIME_ZONE": NEW_YORK.key},
    ]


@must("TIME-5", kills=("time_aware_written_as_it_is", "time_zone_has_one_offset", "time_zone_has_one_offset_a_year"))
def test_an_aware_datetime_has_the_offset_of_its_instant(target: Target) -> None:
    spring, autumn = changes()
    utc = [at(spring, 6), at(spring, 7), at(autumn, 5), at(autumn, 6)]  # before and after two o'clock
    wall = [utc[0] - HOUR * 5, utc[1] - HOUR * 4, utc[2] - HOUR * 4, utc[3] - HOUR * 5]
    offsets = ["-0500", "-0400", "-0400", "-0500"]
    expected = [moment.strftime("%Y-%m-%dT%H:%M:%S.%f") + offset for moment, offset in zip(wall, offsets, strict=True)]
    values = sent([moment.replace(tzinfo=UTC) for moment in utc])
    assert told(target, LOCAL, *values) == expected
    expected = [moment.strftime(DEFAULT_FORMATS["datetime_format"]) for moment in wall]
    assert told(target, NO_TIME, *values, *reversed(values)) == [*expected, *reversed(expected)]


@must("TIME-5", kills=("time_naive_is_utc", "time_zone_has_one_offset"))
def test_a_naive_datetime_is_taken_to_be_in_the_zone(target: Target) -> None:
    spring, autumn = changes()
    twice = at(autumn, 1)
    naive = [at(spring, 1), at(spring, 3), twice, at(autumn, 2)]
    offsets = ["-0500", "-0400", "-0400", "-0500"]
    expected = [moment.strftime("%Y-%m-%dT%H:%M:%S.%f") + offset for moment, offset in zip(naive, offsets, strict=True)]
    expected.append(twice.strftime("%Y-%m-%dT%H:%M:%S.%f") + "-0500")
    assert told(target, LOCAL, *sent(naive), f"second {twice.isoformat()}") == expected
    anywhere = [moment.replace(tzinfo=None) for moment in instants()]
    expected = [moment.strftime("%Y-%m-%dT%H:%M:%S.%f") + "+0530" for moment in anywhere]
    assert told(target, NAMED, *sent(anywhere)) == expected


@must("TIME-5", kills="time_naive_is_utc")
def test_a_naive_datetime_in_a_gap_is_an_instant_all_the_same(target: Target) -> None:
    gap = at(changes()[0], 2)
    first, second = told(target, LOCAL, f"datetime {gap.isoformat()}", f"second {gap.isoformat()}")
    assert read(first) == (gap + HOUR * 5).replace(tzinfo=UTC)
    assert read(second) == (gap + HOUR * 4).replace(tzinfo=UTC)


@must("TIME-5", kills="time_naive_is_local")
def test_a_naive_datetime_is_written_as_it_is(target: Target) -> None:
    moments = [moment.replace(tzinfo=None) for moment in instants()]
    assert told(target, LITERAL, *sent(moments)) == [moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in moments]


@must("TIME-5", kills="time_of_day_converted")
def test_a_time_stands_as_it_is(target: Target) -> None:
    of_day = at(datetime.datetime(2031, 2, 3), 12).time()
    naive, east, utc = told(target, NAMED, f"time {of_day}", f"time {of_day}+09:00", f"time {of_day}+00:00")
    assert [naive, east, utc] == [f"{of_day}", f"{of_day}+0900", f"{of_day}+0000"]
