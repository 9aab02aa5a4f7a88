"""The command ``meta``: what it reads, makes, starts and ends. One process a command."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from project import Project

from utilmeta.core.server.commands import background, create
from utilmeta.core.server.commands.error import CommandError
from utilmeta.core.server.commands.project import find_project, module_of
from utilmeta.core.server.commands.project import read as read_ini

SERVICE = "service = UtilMeta(__name__, backend='flask', name='shop', api=RootAPI)"
INI = "[utilmeta]\nservice = server:service\npidfile = shop.pid\n"


def meta(project: Project, *arguments: str, code: int = 0) -> str:
    done = project.python("-m", "utilmeta", *arguments)
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def shop(project: Project) -> Project:
    project.serve(SERVICE)
    project.write("meta.ini", INI)
    return project


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("service = a:b", "cannot be read"),
        ("[other]\nservice = a:b", "has no section [utilmeta]"),
        ("[utilmeta]\npidfile = a", "give one of main, service, app"),
        ("[utilmeta]\nservice =", "give one of main, service, app"),
    ],
)
def test_a_file_that_says_no_service_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "meta.ini"
    file.write_text(text)
    with pytest.raises(CommandError) as refused:
        read_ini(file)
    assert said in str(refused.value)
    assert str(file) in str(refused.value)


def test_a_project_is_found_from_below_and_its_nearest_file_counts(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "meta.ini").write_text("\ufeff[service]\nmain = outer.py ; a comment\n", encoding="utf-8")
    assert find_project(tmp_path / "a" / "b").options == {"main": "outer.py"}
    (tmp_path / "a" / "meta.ini").write_text(INI)
    found = find_project(tmp_path / "a" / "b")
    assert (found.folder, found.pidfile) == (tmp_path / "a", tmp_path / "a" / "shop.pid")


def test_main_is_a_file_or_a_module() -> None:
    assert {module_of(main) for main in ("server.py", "./server.py", ".\\server.py", "a/../server.py", "server")} == {
        "server"
    }
    assert {module_of(main) for main in ("service/main.py", "service.main", "./service/./main.py")} == {"service.main"}
    assert module_of(str(Path("service", "main.py").absolute())) == "service.main"


def test_a_main_outside_of_the_project_is_named(shop: Project) -> None:
    shop.write("meta.ini", "[utilmeta]\nmain = ../server.py\n")
    assert "main = ../server.py is outside of" in meta(shop, "check", code=1)


def test_check_says_why_a_service_does_not_load(shop: Project) -> None:
    assert "shop loads: flask, synchronous" in meta(shop, "check")
    shop.write("server.py", "raise LookupError('broken')")
    told = meta(shop, "check", code=1)
    assert "LookupError: broken" in told
    assert "server.py, line 1" in told
    shop.write("server.py", "word = service = 5")
    assert "makes no service" in meta(shop, "check", code=1)
    shop.write("server.py", "import absent_library")
    assert "No module named 'absent_library'" in meta(shop, "check", code=1)


@pytest.mark.parametrize("arguments", [["check"], ["greet"], ["migrate"], ["run"], ["settings", "server:service"]])
@pytest.mark.parametrize("status", ["", "0", "3", "'stopped'"])
def test_a_module_that_exits_is_an_error_of_every_command(shop: Project, arguments: list[str], status: str) -> None:
    shop.write("server.py", f"import sys\n\nsys.exit({status})")
    told = meta(shop, *arguments, code=1)
    assert f"the service does not load: SystemExit: {status.strip(chr(39))}" in told
    assert "server.py, line 3" in told


@pytest.mark.parametrize("command", ["check", "migrate"])
def test_a_configuration_that_exits_is_an_error(shop: Project, command: str) -> None:
    shop.serve(
        f"""
        import sys
        from utilmeta.conf import Config

        class Own(Config):
            def hook(self, service):
                sys.exit()

        {SERVICE}
        service.use(Own())
        """
    )
    assert "does not load: SystemExit" in meta(shop, command, code=1)


def test_a_command_of_the_services_own_exits_as_it_says(shop: Project) -> None:
    shop.serve(
        f"""
        import sys

        class Leave:
            def run(self, service, arguments):
                sys.exit(3)

        {SERVICE}
        service.register_command(Leave)
        """
    )
    assert meta(shop, "leave", code=3) == ""


def test_a_typing_error_is_a_usage_error(shop: Project) -> None:
    assert "invalid choice: 'chekc'" in meta(shop, "chekc", code=2)
    assert "unrecognized arguments: --often" in meta(shop, "check", "--often", code=2)


def test_the_list_says_where_the_service_does_not_load(shop: Project) -> None:
    assert "does not load" not in meta(shop)
    shop.write("server.py", "raise LookupError('broken')")
    assert "does not load: LookupError: broken" in meta(shop)
    shop.write("server.py", "raise SystemExit")
    assert "does not load: SystemExit" in meta(shop)
    shop.write("meta.ini", "[utilmeta]\nservice = absent:service\n")
    assert "no module 'absent'" in meta(shop)


def test_djangos_commands_need_django(shop: Project) -> None:
    assert "uses no Django" in meta(shop, "migrate", code=1)


@pytest.mark.parametrize("description", ['"quoted" \\', "ü\n{name}", ""])
def test_what_is_made_is_what_was_answered(project: Project, description: str) -> None:
    meta(project, "setup", "my-shop", "--description", description, "--backend", "FLASK")
    script = f"import server; assert server.service.description == {description!r}; print(server.service.backend)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=project.folder / "my-shop", capture_output=True, text=True, check=False
    )
    assert done.stdout == "flask\n", done.stderr
    made = (project.folder / "my-shop" / "server.py").read_text()
    assert "is there already" in meta(project, "setup", "my-shop", code=1)
    assert (project.folder / "my-shop" / "server.py").read_text() == made


def test_an_app_is_made_in_the_folder_of_domains(shop: Project) -> None:
    shop.write("domain/__init__.py")
    meta(shop, "add", "order_item")
    assert "class OrderItemAPI(api.API)" in (shop.folder / "domain" / "order_item" / "api.py").read_text()
    assert "no name of an app" in meta(shop, "add", "../up", code=2)


def test_nothing_is_written_where_a_file_is_there(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("kept")
    with pytest.raises(CommandError, match="nothing was written"):
        create.write(tmp_path, {"a": "", "b": ""})
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_a_folder_that_is_a_file_is_one_error(shop: Project) -> None:
    shop.write("mine", "kept")
    (shop.folder / "link").symlink_to(shop.folder / "absent")
    for arguments in (["setup", "mine"], ["setup", "link"], ["add", "mine"], ["add", "link"]):
        told = meta(shop, *arguments, code=1)
        assert "Traceback" not in told
        assert f"{arguments[1]} is there already; nothing was written" in told
    assert (shop.folder / "mine").read_text() == "kept"


@pytest.mark.parametrize("command", ["add", "setup"])
def test_what_cannot_be_written_is_named(shop: Project, command: str) -> None:
    told = meta(shop, command, "n" * 300, code=1)
    assert "cannot be written: File name too long" in told
    assert "Traceback" not in told


@pytest.fixture
def ended(shop: Project) -> Iterator[Project]:
    yield shop
    shop.python("-m", "utilmeta", "down")


def test_one_service_runs_in_the_background_and_only_it_is_ended(ended: Project) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    ended.serve(SERVICE[:-1] + f", port={port})")
    assert "runs as process" in meta(ended, "run", "-d")
    project = find_project(ended.folder)
    first = background.process_of(project)
    assert first is not None
    assert f"runs already, as process {first}" in meta(ended, "run", "-d", code=1)
    assert "runs as process" in meta(ended, "restart")
    assert background.process_of(project) not in (None, first)
    meta(ended, "down")
    assert background.process_of(project) is None
    assert not project.pidfile.exists()
    project.pidfile.write_text(f"{os.getpid()}\n")  # of a process that is not the service's
    assert "runs in the background" in meta(ended, "down", code=1)


def test_a_service_that_ends_at_once_is_told_with_what_it_wrote_alone(shop: Project) -> None:
    log = shop.write(background.LOG, "of an earlier start\n")
    shop.write("server.py", "raise LookupError('broken')")
    told = meta(shop, "run", "-d", code=1)
    assert "ended at once, with status 1" in told
    assert "LookupError: broken" in told
    assert "of an earlier start" not in told
    assert log.read_text().startswith("of an earlier start\nTraceback")
    assert not (shop.folder / "shop.pid").exists()
    shop.write("server.py", "import sys; sys.stderr.write('x' * 9000 + 'end'); sys.stderr.flush(); raise SystemExit")
    told = meta(shop, "run", "-d", code=1)
    assert told.count("x") < background.SHOWN
    assert "LookupError" not in told


@pytest.mark.skipif(os.name != "posix", reason="services in the background need POSIX")
def test_of_two_starts_at_once_one_wins_and_the_other_says_so(ended: Project) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    ended.serve(f"import time\ntime.sleep(2)\n{SERVICE[:-1]}, port={port})")
    command = [sys.executable, "-m", "utilmeta", "run", "-d"]
    starts = [
        subprocess.Popen(command, cwd=ended.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    told = [start.communicate(timeout=30) for start in starts]
    assert sorted(start.returncode for start in starts) == [0, 1, 1, 1], told
    lost = [error for start, (_, error) in zip(starts, told, strict=True) if start.returncode]
    assert all("another command starts or ends the service" in error or "runs already" in error for error in lost)
    won = next(said for start, (said, _) in zip(starts, told, strict=True) if not start.returncode)
    assert f"runs as process {background.process_of(find_project(ended.folder))};" in won


def test_a_claim_is_of_the_file_that_is_there(tmp_path: Path) -> None:
    file = tmp_path / "service.pid"
    with background.claimed(file):
        with pytest.raises(CommandError, match="another command"), background.claimed(file):
            raise AssertionError("claimed twice")
        file.unlink()
        with background.claimed(file):  # a file of its own, as that of the first claim is gone
            pass
    with pytest.raises(CommandError, match="cannot be written"), background.claimed(tmp_path / "absent" / "a.pid"):
        raise AssertionError("claimed")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["setup", "class"], "'class' is a keyword of Python"),
        (["add", "None"], "'None' is a keyword of Python"),
        (["setup", "json"], "'json' is a module of Python's standard library"),
        (["add", "json"], "'json' is a module of Python's standard library"),
    ],
)
def test_a_name_that_cannot_be_imported_or_hides_a_module_is_refused(
    shop: Project, arguments: list[str], said: str
) -> None:
    assert said in meta(shop, *arguments, code=2)
    assert not (shop.folder / arguments[1]).exists()


def test_an_app_hides_no_module_of_the_project(shop: Project) -> None:
    assert "server.py is there already; nothing was written" in meta(shop, "add", "server", code=1)
    shop.write("domain/__init__.py")
    meta(shop, "add", "json")  # which is domain.json
    assert "is a keyword" in meta(shop, "add", "class", code=2)
    assert (shop.folder / "domain" / "json" / "models.py").exists()


@pytest.mark.parametrize("name", ["a/b/last", "last"])
def test_where_one_file_cannot_be_written_those_before_are_removed(tmp_path: Path, name: str) -> None:
    (tmp_path / "kept").mkdir()
    project = tmp_path / "kept" / "new" / "project"
    with pytest.raises(CommandError, match="cannot be written: File name too long; nothing was written"):
        create.write(project, {"first": "1", "a/second": "2", f"{name}{'n' * 300}": "3"})
    assert list(tmp_path.rglob("*")) == [tmp_path / "kept"]
    with pytest.raises(CommandError, match="cannot be written"):
        create.write(tmp_path / "kept", {"first": "1", "n" * 300: "2"})
    assert list(tmp_path.rglob("*")) == [tmp_path / "kept"]
