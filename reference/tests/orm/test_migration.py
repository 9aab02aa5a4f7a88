"""Migrations: one worker at a time. One process a service: scripts."""

from __future__ import annotations

from pathlib import Path

from test_database import passes


def test_the_turn_to_migrate_is_given_back_when_a_migration_fails(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        service_of(None)
        from django.db import DatabaseError
        from utilmeta.core.orm import migration

        asked = []

        class Cursor:
            def __enter__(self):
                return self
            def __exit__(self, *error):
                pass
            def execute(self, query, parameters):
                asked.append(query.partition("(")[0])
                if gone and "unlock" in query:
                    raise DatabaseError("no connection")
            def fetchone(self):
                return [True]

        class Connection:
            def cursor(self):
                return Cursor()
            def close(self):
                asked.append("close")

        migration.connections.create_connection = lambda alias: Connection()
        for gone in (False, True):
            del asked[:]
            try:
                with migration.turns_in_postgresql("default") as take:
                    assert take()
                    raise KeyError("a migration")
            except KeyError:
                pass
            assert asked == ["SELECT pg_try_advisory_lock", "SELECT pg_advisory_unlock", "close"], asked
        """,
    )


def test_who_migrates_waits_for_its_turn_and_not_for_ever(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        import time
        from utilmeta.utils.exceptions import ServiceError
        service = service_of(None)
        databases = service.get_config(DatabaseConnections)
        from utilmeta.core.orm.migration import turns
        with turns("default") as take:
            assert take()
            began = time.monotonic()
            try:
                databases.migrate(wait=0.2)
            except ServiceError as error:
                assert "'default'" in str(error) and "0.2 s" in str(error), error
            else:
                raise AssertionError
            assert 0.2 <= time.monotonic() - began < 5
        databases.migrate(wait=0)
        try:
            databases.migrate("other")
        except KeyError as error:
            assert "'other'" in str(error) and "default" in str(error), error
        else:
            raise AssertionError
        """,
    )


def test_the_lock_of_a_file_is_in_a_directory_of_the_users_alone(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        import stat, tempfile
        from pathlib import Path
        from utilmeta.utils.exceptions import ServiceError
        service_of(None)
        from utilmeta.core.orm import migration
        state, temporary, foreign = (Path(name).resolve() for name in ("state", "temporary", "foreign"))
        for each in (temporary, foreign):
            each.mkdir()
        tempfile.tempdir = str(temporary)
        os.environ["XDG_STATE_HOME"] = str(state)

        def refused():
            try:
                with migration.turns("default"):
                    raise AssertionError("it was taken")
            except ServiceError as error:
                return str(error)

        def mode(path):
            return stat.S_IMODE(path.lstat().st_mode)

        with migration.turns("default") as take:
            assert take()
        (kept,) = (state / "utilmeta").iterdir()
        assert (mode(kept.parent), mode(kept)) == (0o700, 0o600)
        assert list(temporary.iterdir()) == []

        kept.parent.chmod(0o755)
        kept.unlink()
        kept.symlink_to(foreign / "victim")
        assert str(kept) in refused()
        assert mode(kept.parent) == 0o700
        kept.unlink()
        kept.parent.rmdir()
        kept.parent.symlink_to(foreign)
        assert f"{kept.parent} is a link" in refused()
        assert list(foreign.iterdir()) == []

        kept.parent.unlink()
        own, os.geteuid = os.geteuid(), lambda: 54321
        assert "belongs to the user" in (said := refused()) and said.count("the user") == 2 and "54321" in said, said
        os.geteuid = lambda: own

        os.environ["XDG_STATE_HOME"] = "/proc/none"  # where nothing can be made
        with migration.turns("default") as take:
            assert take()
        (made,) = temporary.iterdir()
        assert mode(made) == 0o700 and len(list(made.iterdir())) == 1
        """,
    )
