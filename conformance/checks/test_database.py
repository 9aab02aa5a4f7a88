"""DATABASE, and stored times of TIME: a real PostgreSQL and a SQLite file on every variant.

What the page promises is asked of database_documented.py, all else of database_engines.py.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from conformance.checks import database_documented, database_record
from conformance.checks.database_documented import Documented, Zoned
from conformance.checks.database_record import CROWD, FILE, SILENCE_SECONDS, UNWRITABLE, Storage, found
from conformance.contract.check import must
from conformance.contract.variant import Start
from conformance.foundation import seeded_random
from conformance.foundation.loopback import own_address
from conformance.services.postgresql import PostgreSQL
from conformance.target.exchange import Exchange
from conformance.target.target import Target

ENGINES = {
    "default": "django.db.backends.postgresql",
    "file": "django.db.backends.sqlite3",
    "unwritable": "django.db.backends.sqlite3",
}
WORKERS = 3
DATABASES = pytest.mark.parametrize("alias", ["default", "file"], ids=["PostgreSQL", "SQLite"])
KEPT = pytest.mark.parametrize("kept", database_documented.KEPT, ids=["PostgreSQL", "SQLite"])


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """The server of this worker."""
    with PostgreSQL(own_address()) as server:
        yield server


@pytest.fixture(scope="session")
def documented(target: Target, postgresql: PostgreSQL) -> Documented:
    """What a service answered whose databases are declared as the page has them."""
    return database_documented.record(target, postgresql, use_tz=True)


@pytest.fixture(scope="session")
def documented_naive(target: Target, postgresql: PostgreSQL) -> Documented:
    """The same without time zones."""
    return database_documented.record(target, postgresql, use_tz=False)


@pytest.fixture(scope="session")
def zoned(target: Target, postgresql: PostgreSQL) -> Zoned:
    """What two services in one zone read that the other keeps, one with time zones and one without."""
    return database_documented.record_in_a_zone(target, postgresql)


@pytest.fixture(scope="session")
def attempt(target: Target, postgresql: PostgreSQL) -> Storage:
    """What the two processes did, or why the first did not start."""
    return database_record.record(target, postgresql)


@pytest.fixture
def stored(attempt: Storage) -> Storage:
    """What the two processes did."""
    if attempt.refusal:
        raise AssertionError(attempt.refusal)
    return attempt


def failed(answer: Exchange) -> None:
    """AssertionError unless the answer has the status of a database that cannot be used."""
    assert answer.status in (500, 503), str(answer)


def telling(log: str, alias: str, address: str) -> list[str]:
    """The lines of a log that name a database and where it is."""
    return [line for line in log.splitlines() if alias in line and all(part in line for part in address.split(":"))]


def address(alias: str, stored: Storage) -> str:
    """Where a database is, or is not."""
    return stored.closed if alias == "closed" else stored.open


@must("DATABASE-1", start=Start.SCRIPT, kills="database_default_is_the_first")
def test_databases_become_djangos_setting(documented: Documented, postgresql: PostgreSQL) -> None:
    entries = documented.told("settings")
    assert {"default", "file"} - set(entries) == set()
    entry = entries["default"]
    found = [str(entry[name]) for name in ("NAME", "HOST", "PORT", "USER", "PASSWORD")]
    assert found == [
        postgresql.database,
        postgresql.host,
        str(postgresql.port),
        postgresql.user,
        postgresql.password,
    ]
    assert str(entries["file"]["NAME"]) == documented.path


@must("DATABASE-1b", start=Start.SCRIPT, kills="database_engine_as_given")
@pytest.mark.parametrize("alias", ENGINES)
def test_an_engine_is_djangos(stored: Storage, alias: str) -> None:
    assert found(stored.answers["settings"])["databases"][alias]["ENGINE"] == ENGINES[alias]


@must("DATABASE-1b", start=Start.SCRIPT, kills="database_options_dropped")
def test_the_options_of_a_database_are_djangos(stored: Storage) -> None:
    entries = found(stored.answers["settings"])["databases"]
    assert entries["default"]["OPTIONS"].get("application_name") == stored.name
    pool = entries["pool"]["OPTIONS"].get("pool", {})
    assert {name: pool.get(name) for name in ("min_size", "max_size")} == {"min_size": 1, "max_size": 5}


@must("DATABASE-2", start=Start.SCRIPT, kills="database_default_is_the_first")
def test_default_is_used_when_none_is_named(documented: Documented) -> None:
    assert documented.told("written") == [1, 0]


@must("DATABASE-6", start=Start.SCRIPT, kills="database_engine_as_given")
@KEPT
def test_a_model_is_kept_in_a_database(documented: Documented, kept: str) -> None:
    assert set(documented.told(kept)) == {"moment", "offset"}


@must("DATABASE-3", start=Start.SCRIPT, kills="async_plain_endpoint_on_the_loop")
def test_plain_and_async_def_endpoints_write_and_read_without_djangosettings(stored: Storage) -> None:
    assert stored.without == ""
    for style in stored.styles:
        assert "id" in found(stored.answers[f"{style} writes"]), style
        assert found(stored.answers[f"{style} reads default"]) == {"found": 1}, style
        assert found(stored.answers[f"{style} reads file"]) == {"found": 0}, style


@must("DATABASE-4", kills="database_in_memory")
def test_a_sqlite_file_is_made_in_the_project_directory_under_its_name(target: Target) -> None:
    name = seeded_random.word()
    assert name in target.probe("database_project", "files", name=name).value


@must("DATABASE-4c", start=Start.SCRIPT, kills="database_file_in_the_working_directory")
def test_a_sqlite_path_is_relative_to_the_folder_of_the_services_module(target: Target, postgresql: PostgreSQL) -> None:
    assert FILE in database_documented.files_of_a_relative_path(target, postgresql)


@must("DATABASE-4b", start=Start.SCRIPT, kills="database_connects_at_start")
def test_no_file_appears_before_the_database_is_used_and_no_other_then(stored: Storage) -> None:
    assert stored.before == {UNWRITABLE}
    assert stored.after == {UNWRITABLE, FILE}


@must("DATABASE-5a", start=Start.SCRIPT, kills="database_pool_left_open")
def test_no_connection_is_left_when_run_has_returned(stored: Storage) -> None:
    assert found(stored.answers["connections"])["connections"] >= 1
    assert stored.left == 0, stored.outputs["production"]


@must("DATABASE-5b", start=Start.SCRIPT, kills="database_tried_at_setup")
def test_a_database_that_is_down_and_unused_keeps_nothing_from_starting(attempt: Storage) -> None:
    assert attempt.refusal == ""


@must("DATABASE-5c", start=Start.SCRIPT, kills="database_error_as_the_driver_has_it")
@pytest.mark.parametrize("alias", ["closed", "refused"])
def test_a_database_that_cannot_be_used_is_an_error_naming_alias_and_address(stored: Storage, alias: str) -> None:
    for style in stored.styles:
        failed(stored.answers[f"{style} {alias}"])
        assert telling(stored.written[f"{style} {alias}"], alias, address(alias, stored)) != [], style


@must("DATABASE-5c", start=Start.SCRIPT, kills="database_error_is_none_of_djangos")
@pytest.mark.parametrize("alias", ["closed", "refused"])
def test_an_endpoint_catches_it_as_djangos_operational_error(stored: Storage, alias: str) -> None:
    for style in stored.styles:
        assert found(stored.answers[f"{style} catches {alias}"])["message"] != "nothing was raised", style


@must("DATABASE-5c", start=Start.SCRIPT, kills="database_address_in_production")
@pytest.mark.parametrize("alias", ["closed", "refused"])
def test_in_production_the_log_alone_says_where(stored: Storage, alias: str) -> None:
    answer = stored.answers[f"production {alias}"]
    failed(answer)
    assert address(alias, stored) not in answer.text
    assert telling(stored.written[f"production {alias}"], alias, address(alias, stored)) != []


@must("DATABASE-5c", start=Start.SCRIPT, kills="database_password_in_the_error")
def test_no_password_is_in_any_answer_or_output(stored: Storage) -> None:
    told = {moment: str(answer) for moment, answer in stored.answers.items() if moment != "settings"}
    shown = {**told, **stored.outputs}
    assert [moment for moment, text in shown.items() if any(each in text for each in stored.secrets.values())] == []


@must("DATABASE-5c", start=Start.SCRIPT, kills="database_lost_as_the_driver_has_it")
def test_a_database_that_ends_in_mid_request_is_an_error_of_that_request(stored: Storage) -> None:
    failed(stored.answers["stopped"])
    assert telling(stored.written["stopped"], "default", stored.open) != []


@must("DATABASE-5c", start=Start.SCRIPT, kills="database_connection_kept_for_ever")
@pytest.mark.parametrize("alias", ["default", "impatient"])
def test_a_service_recovers_by_itself_when_the_database_is_back(stored: Storage, alias: str) -> None:
    for style in stored.styles if alias == "default" else stored.styles[-1:]:
        failed(stored.answers[f"gone {style} {alias}"])
        assert found(stored.answers[f"back {style} {alias}"]) == {"found": 2}, style


@must("DATABASE-11", start=Start.SCRIPT, kills="database_waits_for_a_silent_server")
def test_a_postgresql_that_hangs_is_an_error_within_seconds(stored: Storage) -> None:
    for moment in ("hung", "hung anew"):
        assert moment in stored.answers, "no answer came"
        failed(stored.answers[moment])
        assert telling(stored.written[moment], "silent", stored.open) != [], moment
    assert stored.hung_seconds < 10, f"of a connect_timeout of {SILENCE_SECONDS} s"
    assert found(stored.answers["hung no more"]) == {"found": 2}


@must("DATABASE-11", start=Start.SCRIPT, kills="database_ends_what_takes_long")
def test_a_query_that_takes_longer_on_one_that_is_alive_goes_on(stored: Storage) -> None:
    assert found(stored.answers["alive"]) == {"found": [""]}


@must("DATABASE-6b", start=Start.SCRIPT, kills="database_in_memory")
@DATABASES
def test_what_one_process_writes_another_reads(stored: Storage, alias: str) -> None:
    for name in ("first", "second"):
        found(stored.answers[f"{name} writes {alias}"])
        assert found(stored.answers[f"{name} is read {alias}"]) == {"found": 1}, name


@must("DATABASE-7", start=Start.SCRIPT, kills="database_pool_without_patience")
def test_two_hundred_requests_at_once_share_a_pool_of_five(stored: Storage) -> None:
    failed = {answer.status: str(answer) for answer in stored.crowd if answer.status != 200}
    assert set(failed) == set(), "\n\n".join(failed.values())
    assert len(stored.crowd) == CROWD
    assert found(stored.answers["crowd"]) == {"found": CROWD}


@must("DATABASE-8", start=Start.SCRIPT, kills="database_refuses_after_an_error")
def test_a_write_that_is_refused_leaves_the_database_readable(stored: Storage) -> None:
    for style in stored.styles:
        failed(stored.answers[f"{style} writes unwritable"])
        assert found(stored.answers[f"{style} reads unwritable"]) == {"found": 0}, style


@must("TIME-6", start=Start.SCRIPT, kills="time_stored_naive")
@KEPT
def test_with_use_tz_a_stored_datetime_is_the_same_instant_and_aware(documented: Documented, kept: str) -> None:
    told = documented.told(kept)
    assert told["offset"] != "none"
    assert instant(told) == documented.moment


@must("TIME-6", start=Start.SCRIPT, kills="time_stored_aware")
@KEPT
def test_without_use_tz_it_is_naive(documented_naive: Documented, kept: str) -> None:
    assert documented_naive.told(kept) == {"moment": documented_naive.moment.isoformat(), "offset": "none"}


@must("TIME-6b", start=Start.SCRIPT, kills="time_stored_as_utc")
def test_without_use_tz_it_is_local_time(zoned: Zoned) -> None:
    local = zoned.instant.astimezone(zoned.zone).replace(tzinfo=None)
    assert zoned.aware_as_naive == {"moment": local.isoformat(), "offset": "none"}
    assert zoned.naive_as_aware is not None
    assert instant(zoned.naive_as_aware) == zoned.moment.replace(tzinfo=zoned.zone)


def instant(told: dict[str, Any]) -> datetime.datetime:
    """The moment of an aware datetime."""
    offset = datetime.timezone(datetime.timedelta(seconds=told["offset"]))
    return datetime.datetime.fromisoformat(told["moment"]).replace(tzinfo=offset)


@pytest.fixture(scope="session")
def migrated(target: Target, postgresql: PostgreSQL) -> Mapping[str, Any]:
    """What came of workers that migrate at once, and of locks."""
    word = f"m{seeded_random.word()}"
    server = {name: getattr(postgresql, name) for name in ("host", "port", "user", "password")}
    options = {"options": f"-c search_path={word}"}
    databases = {
        "default": {"engine": "postgresql", "name": postgresql.database, **server, "options": options},
        "file": {"engine": "sqlite3", "name": str(target.folder / f"{word}.sqlite3")},
    }
    found: Mapping[str, Any] = target.probe(
        "database_concurrent_migration", "at_once", workers=WORKERS, databases=databases, schema=word
    ).value
    return found


@must("DATABASE-9", start=Start.SCRIPT, kills="database_migrated_by_everybody")
def test_workers_that_migrate_at_once_each_end_well(migrated: Mapping[str, Any]) -> None:
    assert migrated["workers"] == {
        "raised": [None] * WORKERS,
        "default": {"applied": 1, "rows": 1},
        "file": {"applied": 1, "rows": 1},
    }


@must(
    "DATABASE-9b",
    start=Start.SCRIPT,
    kills=(
        "database_migration_lock_for_all",
        "database_migration_follows_links",
        "database_migration_in_a_linked_directory",
    ),
)
def test_the_lock_of_a_migration_is_its_users_alone(migrated: Mapping[str, Any]) -> None:
    assert migrated["files"] == {"elsewhere": [], "open": []}


@must(
    "SECURITY-13c",
    start=Start.SCRIPT,
    kills=(
        "database_migration_follows_links",
        "database_migration_in_a_linked_directory",
        "security_key_changes_what_a_link_leads_to",
    ),
)
def test_a_link_in_place_of_the_lock_of_a_migration_is_not_followed(migrated: Mapping[str, Any]) -> None:
    assert migrated["linked"] == [], "it made a file where a link leads to"
    assert migrated["mode"] == "0o751", "it changed the mode of the directory that a link leads to"


@must("SECURITY-13c", start=Start.SCRIPT, kills="security_lock_of_a_fifo")
def test_a_fifo_in_place_of_the_lock_of_a_migration_is_not_waited_for(migrated: Mapping[str, Any]) -> None:
    found = migrated["fifo"]
    assert found["ended"] is True, (
        f"a FIFO in place of {found['planted']} files in the user's state directory is waited for"
    )


@must("CACHE-6b", start=Start.SCRIPT, kills="cache_expired_lock_taken_by_all")
def test_of_several_who_take_over_an_expired_lock_in_a_database_one_has_it(migrated: Mapping[str, Any]) -> None:
    assert migrated["lock"]["owners"] == 1


@must("CACHE-6b", start=Start.SCRIPT, kills="cache_expired_lock_given_back")
def test_to_leave_a_lock_in_a_database_after_its_timeout_is_an_error(migrated: Mapping[str, Any]) -> None:
    assert migrated["lock"]["left"] is not None
