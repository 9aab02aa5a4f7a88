"""Time zones, local and named, and how dates and times are written."""

from __future__ import annotations

import os
import shutil
import timeit
import zoneinfo
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from utilmeta.conf import Time, zone
from utilmeta.conf.pattern import compile_fields, compile_pattern

UTC = timezone.utc
OFFSET = "%Y-%m-%dT%H:%M:%S%z"
SUMMER = datetime(2021, 7, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("variable", "offset", "name"),
    [
        ("Asia/Kolkata", "+0530", "Asia/Kolkata"),
        (":America/New_York", "-0400", "America/New_York"),
        ("EST5EDT,M3.2.0,M11.1.0", "-0400", None),
        ("<+09>-9", "+0900", "Asia/Tokyo"),
        ("", "+0000", "UTC"),
        ("No/Such_Zone", "+0000", "UTC"),
        ("/no/such/file", "+0000", "UTC"),
    ],
)
def test_the_local_zone_is_what_the_c_library_takes_tz_for(
    monkeypatch: pytest.MonkeyPatch, variable: str, offset: str, name: str | None
) -> None:
    monkeypatch.setenv("TZ", variable)
    times = Time(datetime_format=OFFSET)
    monkeypatch.setenv("TZ", "Europe/Paris")
    assert times.text(SUMMER)[-5:] == offset
    if name is None:
        with pytest.raises(ValueError, match="IANA name"):
            times.django_settings(None)  # type: ignore[arg-type]
    elif name == "Asia/Tokyo":  # one of those that have had its offset all the time
        found = times.django_settings(None)["TIME_ZONE"]  # type: ignore[arg-type]
        assert zoneinfo.ZoneInfo(found).utcoffset(datetime(1980, 1, 1)) == timedelta(hours=9)
    else:
        assert times.django_settings(None) == {"USE_TZ": True, "TIME_ZONE": name}  # type: ignore[arg-type]


def file_of(name: str) -> Path:
    return next(file for file in (Path(folder, name) for folder in zoneinfo.TZPATH) if file.is_file())


@pytest.mark.skipif(not zoneinfo.TZPATH, reason="the machine has no zone data of its own")
def test_without_tz_the_local_zone_is_that_of_etc_localtime(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TZ", raising=False)
    folder = tmp_path / "zoneinfo" / "America"
    folder.mkdir(parents=True)
    shutil.copy(file_of("America/New_York"), folder / "New_York")
    link, copy = tmp_path / "link", tmp_path / "copy"
    link.symlink_to(folder / "New_York")
    shutil.copy(file_of("Asia/Kathmandu"), copy)
    monkeypatch.setattr(zone, "LOCALTIME", str(link))
    assert Time().django_settings(None)["TIME_ZONE"] == "America/New_York"  # type: ignore[arg-type]
    monkeypatch.setattr(zone, "LOCALTIME", str(copy))
    assert Time(datetime_format=OFFSET).text(SUMMER) == "2021-07-01T05:45:00+0545"
    assert "Kat" in Time().django_settings(None)["TIME_ZONE"]  # type: ignore[arg-type]


@pytest.mark.parametrize("keyword", ["date_format", "time_format", "datetime_format"])
def test_a_format_that_is_no_utf8_is_an_error_at_once(keyword: str) -> None:
    with pytest.raises(ValueError, match=f"Time: {keyword}: .* no UTF-8"):
        Time(**{keyword: "%Y\udcff"})  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../../etc/passwd", "/etc/localtime", "America", "a" * 300, "\0"])
def test_an_unknown_zone_is_a_value_error_at_once(name: str) -> None:
    with pytest.raises(ValueError, match=r"unknown time zone .* IANA name"):
        Time(time_zone=name)


@pytest.mark.parametrize("name", [5, zoneinfo.ZoneInfo("UTC"), b"UTC"])
def test_a_zone_that_is_no_text_is_a_type_error(name: Any) -> None:
    with pytest.raises(TypeError, match="time_zone"):
        Time(time_zone=name)


def test_a_machine_without_zone_data_is_served() -> None:
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    try:
        assert Time(time_zone="Asia/Kolkata", datetime_format=OFFSET).text(SUMMER) == "2021-07-01T05:30:00+0530"
    finally:
        zoneinfo.reset_tzpath()


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2021, 3, 14, 6, 59, tzinfo=UTC), "2021-03-14T01:59:00-0500"),
        (datetime(2021, 3, 14, 7, 0, tzinfo=UTC), "2021-03-14T03:00:00-0400"),
        (datetime(2021, 11, 7, 5, 30, tzinfo=UTC), "2021-11-07T01:30:00-0400"),
        (datetime(2021, 11, 7, 6, 30, tzinfo=UTC), "2021-11-07T01:30:00-0500"),
        (datetime(2021, 11, 7, 1, 30), "2021-11-07T01:30:00-0400"),
        (datetime(2021, 11, 7, 1, 30, fold=1), "2021-11-07T01:30:00-0500"),
        (datetime(2021, 3, 14, 2, 30), "2021-03-14T02:30:00-0500"),
        (datetime(900, 1, 2, 3, 4), "0900-01-02T03:04:00-045602"),
    ],
)
def test_an_offset_is_that_of_the_instant(moment: datetime, written: str) -> None:
    assert Time(time_zone="America/New_York", datetime_format=OFFSET).text(moment) == written
    plain = Time(time_zone="America/New_York", datetime_format="%Y-%m-%dT%H:%M:%S")
    assert plain.text(moment) == written[:19]
    assert Time(time_zone="America/New_York", datetime_format=OFFSET, use_tz=False).text(moment) == written


@pytest.mark.parametrize("name", ["Asia/Kolkata", "America/New_York", "UTC", None])
@pytest.mark.parametrize("pattern", ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M %j"])
def test_a_moment_past_the_years_is_the_nearest_within_them(name: str | None, pattern: str) -> None:
    times = Time(time_zone=name, datetime_format=pattern)
    day = timedelta(hours=23, minutes=59)
    assert times.text(datetime.max.replace(tzinfo=timezone(-day))).startswith("9999-12-31 23:59")
    assert times.text(datetime.min.replace(tzinfo=timezone(day))).startswith("0001-01-01 00:00")


def test_a_time_stands_as_it_is() -> None:
    times = Time(time_zone="Asia/Kolkata", time_format="%H:%M%z")
    assert times.text(time(1, 2)) == "01:02"
    assert times.text(time(1, 2, tzinfo=timezone(timedelta(hours=-3)))) == "01:02-0300"


@pytest.mark.parametrize(
    "pattern", ["%Y-%m-%d", "%d.%m.%y", "%%Y %Y%%", "%H", "week %V", "", "100%%", "%B %f", "%", "%é"]
)
@pytest.mark.parametrize("value", [date(2031, 2, 3), time(4, 5, 6, 7), datetime(2031, 2, 3, 14, 5, 6, 700)])
def test_a_compiled_pattern_writes_what_strftime_does(value: Any, pattern: str) -> None:
    assert compile_pattern(pattern, type(value))(value) == value.strftime(pattern)


def test_a_pattern_of_fields_costs_no_more_than_strftime() -> None:
    pattern, values = "%Y-%m-%dT%H:%M:%S.%fZ", [datetime(2031, 2, 3, 4, 5, 6, number) for number in range(100)]
    write = compile_fields(pattern, datetime)
    assert write is not None
    ours = min(timeit.repeat(lambda: [write(value) for value in values], number=20, repeat=5))
    theirs = min(timeit.repeat(lambda: [value.strftime(pattern) for value in values], number=20, repeat=5))
    assert ours < theirs


def test_an_unused_time_is_djangos_where_django_is_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    class Settings:
        configured = False
        TIME_ZONE = "Asia/Kolkata"
        USE_TZ = False

    class Module:
        settings = Settings()

    monkeypatch.setitem(__import__("sys").modules, "django.conf", Module())  # type: ignore[arg-type]
    monkeypatch.setitem(os.environ, "TZ", "UTC")
    assert Time.unused().zone == zoneinfo.ZoneInfo("UTC")
    Settings.configured = True
    assert (Time.unused().time_zone, Time.unused().use_tz) == ("Asia/Kolkata", False)
