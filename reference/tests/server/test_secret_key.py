"""The secret key: made in development, demanded in production. One process a service: scripts."""

from __future__ import annotations

import os
import stat

import pytest
from project import Project

KEY = "service.setup()\nfrom django.conf import settings\nprint(settings.SECRET_KEY)"


@pytest.mark.parametrize("module", ["", "SECRET_KEY = ''"], ids=["unset", "empty"])
def test_in_development_a_key_is_made_once_and_kept_for_its_user_alone(project: Project, module: str) -> None:
    text = f"{module}\nservice = UtilMeta(__name__, backend='django')\n{KEY}"
    first, again = project.passes(text), project.passes(text)
    assert first == again
    assert len(first.strip()) >= 50
    (file,) = project.state.glob("utilmeta/*")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert file.read_text() == first.strip()
    assert [entry.name for entry in project.folder.iterdir()] == ["server.py"]


def test_a_kept_key_that_others_may_read_is_not_used(project: Project) -> None:
    text = f"service = UtilMeta(__name__, backend='django')\n{KEY}"
    first = project.passes(text)
    (file,) = project.state.glob("utilmeta/*")
    file.chmod(0o644)
    project.serve(text)
    done = project.python("server.py")
    assert done.stdout != first
    assert f"others may read {file}" in done.stderr


def test_without_a_place_to_keep_it_the_process_has_a_key_of_its_own_and_says_so(project: Project) -> None:
    project.serve(f"service = UtilMeta(__name__, backend='django')\n{KEY}")
    project.state.write_text("no directory")
    first, second = project.python("server.py"), project.python("server.py")
    assert first.returncode == second.returncode == 0
    assert first.stdout != second.stdout
    assert "none can be kept" in first.stderr
    assert "DjangoSettings(secret_key=...)" in first.stderr
    assert first.stdout.strip() not in first.stderr


@pytest.mark.parametrize(
    ("backend", "config"), [("django", ""), ("flask", "service.use(DjangoSettings(secret_key=''))")]
)
def test_in_production_a_missing_key_is_an_error_with_the_cure(project: Project, backend: str, config: str) -> None:
    project.passes(
        f"""
        service = UtilMeta(__name__, backend={backend!r}, production=True)
        {config}
        message = error(service.setup)
        assert "SettingsError: SECRET_KEY is missing" in message and "DjangoSettings(secret_key=...)" in message
        """
    )
    assert not project.state.exists()


def test_a_service_elsewhere_that_has_no_more_than_a_database_needs_no_key(project: Project) -> None:
    project.passes(
        """
        from utilmeta.conf import Config
        class Database(Config):
            needs_django = True
            def django_settings(self, service):
                return {"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}}

        DEBUG = False
        service = UtilMeta(__name__, backend="flask", production=True)
        service.use(Database())
        service.setup()
        from django.db import connection
        with connection.cursor() as cursor:
            assert cursor.execute("select 1").fetchall() == [(1,)]
        """
    )
    assert not project.state.exists()


@pytest.mark.parametrize("kind", ["link", "FIFO", "linked directory", "too long"])
def test_what_lies_in_place_of_a_key_is_not_used_and_named(project: Project, kind: str) -> None:
    text = f"service = UtilMeta(__name__, backend='django')\n{KEY}"
    project.passes(text)
    (file,) = project.state.glob("utilmeta/*")
    file.unlink()
    foreign = project.state.with_name("foreign")
    foreign.mkdir()
    victim = foreign / "victim"
    victim.write_text("v" * 60)
    victim.chmod(0o600)
    if kind == "link":
        file.symlink_to(victim)
    elif kind == "FIFO":
        os.mkfifo(file, 0o600)
    elif kind == "too long":
        file.write_text("k" * 2000)
        file.chmod(0o600)
    else:
        file.parent.rmdir()
        file.parent.symlink_to(foreign)
    done = project.python("server.py")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() not in ("v" * 60, "k" * 2000)
    assert str(file.parent if kind == "linked directory" else file) in done.stderr
    assert [path.name for path in foreign.iterdir()] == ["victim"]
