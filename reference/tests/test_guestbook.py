"""The example service examples/guestbook: it runs unchanged on each backend, and answers the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from example import BACKENDS, EXAMPLES, ask, running


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_guestbook_runs_unchanged(tmp_path: Path, backend: str) -> None:
    with running("guestbook", tmp_path, backend, DB_NAME=str(tmp_path / "guestbook.sqlite3")) as url:
        assert ask(f"{url}/visits").json == {"visits": 1}
        assert ask(f"{url}/visits").json == {"visits": 2}
        assert ask(f"{url}/entries").json == []
        entry = ask(f"{url}/entries", {"guest": "Ada", "text": "Hello"}).json
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entry.pop("signed"))
        assert entry == {"number": 1, "guest": "Ada", "text": "Hello"}
        assert ask(f"{url}/entries/1").json["guest"] == "Ada"
        assert ask(f"{url}/entries/2").status == 404
        refused = ask(f"{url}/entries", {"guest": "", "text": "Hello"})
        assert (refused.status, [error["name"] for error in refused.json["errors"]]) == (400, ["guest"])
        assert ask(f"{url.removesuffix('/api')}/entries").status == 404  # strict_root_route
    with running(
        "guestbook", tmp_path, backend, DB_NAME=str(tmp_path / "guestbook.sqlite3")
    ) as url:  # what was written is there for the next one
        assert [entry["guest"] for entry in ask(f"{url}/entries").json] == ["Ada"]


def test_its_migrations_make_what_its_models_have(tmp_path: Path) -> None:
    variables = {"DJANGO_SETTINGS_MODULE": "server", "GUESTBOOK_DB_NAME": str(tmp_path / "none")}
    done = subprocess.run(
        [sys.executable, "-B", "-m", "django", "makemigrations", "--check", "--dry-run"],
        cwd=EXAMPLES / "guestbook",
        env={**os.environ, **variables, "XDG_STATE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr


def test_its_surroundings_are_held_to_their_types(tmp_path: Path) -> None:
    with pytest.raises(AssertionError) as said, running("guestbook", tmp_path, "flask", PRODUCTION="maybe"):
        raise NotImplementedError
    assert "GUESTBOOK_PRODUCTION" in str(said.value)
    assert "maybe" not in str(said.value)
