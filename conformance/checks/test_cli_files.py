"""CLI: what the command `meta` makes: projects, their meta.ini, apps, migrations; and commands of the service's own."""

from __future__ import annotations

import re
from typing import Any

from conformance.checks.cli_project import Project, called, each_in, steps_in
from conformance.contract.check import must
from conformance.foundation import loopback, seeded_random
from conformance.target.target import Target

INI = "[utilmeta]\nmain = server.py\nservice = server:service\n"


def name() -> str:
    """A random name of a project or an app."""
    return f"n{seeded_random.word()}"


@must("CLI-g2", kills=("cli_setup_without_ini", "cli_setup_on_another_backend"))
def test_setup_asks_and_makes_a_project_that_runs(target: Target) -> None:
    project, description = name(), f"of {seeded_random.word()}"
    host, port = target.host, target.backend.default_port
    with loopback.turn(host, port):
        made, told, checked = steps_in(
            target,
            {},
            called("setup", project, stdin=f"{description}\n{target.variant.backend}\n{host}\n"),
            {"do": "script", "url": f"http://{host}:{port}/", "within": project},
            called("check", within=project),
        )
    assert f"{project}/server.py" in made["files"], made["output"]
    assert f"{project}/meta.ini" in made["files"], made["output"]
    assert description in made["files"][f"{project}/server.py"]
    assert told["answered"] is True, made["files"]
    assert checked["status"] == 0, checked["output"]


@must("CLI-2", kills="cli_setup_option_ignored")
def test_options_say_what_setup_asks_for_and_defaults_hold(target: Target) -> None:
    project, other, description = name(), name(), f"\"{seeded_random.word()}'"
    options = ["--backend", target.variant.backend, "--host", "127.0.0.9", "--description", description]
    made, default, checked = steps_in(
        target, {}, called("setup", project, *options), called("setup", other), called("check", within=project)
    )
    server = made["files"][f"{project}/server.py"]
    assert "127.0.0.9" in server
    assert description[1:-1] in server
    assert target.variant.backend in server
    assert checked["status"] == 0, checked["output"]
    assert default["status"] == 0, default["output"]
    assert "127.0.0.1" in default["files"][f"{other}/server.py"]


@must("CLI-2", kills=("cli_questions_end_in_an_error", "cli_setup_without_its_description"))
def test_where_input_ends_what_was_not_answered_has_a_default(target: Target) -> None:
    project, description = name(), f"of {seeded_random.word()}"
    steps = {
        "none": ({}, called("setup", project)),
        "the first": ({}, called("setup", project, stdin=f"{description}\n")),
        "init": (Project(target).files(None), called("init")),
    }
    found = each_in(target, steps)
    for answered, told in found.items():
        assert told["status"] == 0, f"{answered}: {told['output']}"
    assert description in found["the first"]["files"][f"{project}/server.py"]
    for answered in ("none", "the first"):
        assert f"{project}/meta.ini" in found[answered]["files"], answered
    said = re.findall(r"^(?:main|service|app)\s*=\s*\S+", found["init"]["files"]["meta.ini"], re.MULTILINE)
    assert said != []


WRONG = {
    "none-of-them": ("setup", "right", "--backend", "none-of-them"),
    "http://a/b": ("setup", "right", "--host", "http://a/b"),
    "9 wrong": ("setup", "9 wrong"),
    "no reference": ("init", "--app", "no reference"),
}


@must("CLI-2", kills="cli_answers_are_not_checked")
def test_an_answer_that_cannot_be_is_an_error_that_names_it(target: Target) -> None:
    found = each_in(target, {named: ({}, called(*arguments)) for named, arguments in WRONG.items()})
    for named, told in found.items():
        assert told["status"] not in (0, None), f"{named}: {told['output']}"
        assert named in told["output"]
        assert told["files"] == {}, named


@must("CLI-g9", kills="cli_init_with_another_application")
def test_init_asks_for_the_application_and_writes_meta_ini(target: Target) -> None:
    project = Project(target)
    made, run = project.steps(
        called("init", stdin="server:app\n"),
        {"do": "serving", "url": project.url, "arguments": ["run"]},
        ini=None,
    )
    assert "server:app" in made["files"].get("meta.ini", ""), made["output"]
    assert project.answers(run), run["output"]


@must("CLI-2", kills=("cli_init_option_ignored", "cli_init_overwrites"))
def test_init_takes_an_option_and_overwrites_nothing(target: Target) -> None:
    project, kept = Project(target), f"# {seeded_random.word()}\n"
    project.server = project.server.replace("app = service", "other = service")
    made, checked = project.steps(called("init", "--app", "server:other"), called("check"), ini=None)
    assert made["status"] == 0, made["output"]
    assert checked["status"] == 0, checked["output"]
    (refused,) = project.steps(called("init", "--app", "server:other"), ini=kept)
    assert refused["status"] not in (0, None), refused["output"]
    assert refused["files"]["meta.ini"] == kept


@must("CLI-2", kills="cli_init_overwrites")
def test_setup_overwrites_nothing(target: Target) -> None:
    kept, step = f"# {seeded_random.word()}\n", called("setup", "mine", "--backend", target.variant.backend)
    found = each_in(target, {there: ({f"mine/{there}": kept}, step) for there in ("server.py", "meta.ini")})
    for there, refused in found.items():
        assert refused["status"] not in (0, None), refused["output"]
        assert refused["files"] == {f"mine/{there}": kept}


@must("CLI-2", kills="cli_files_give_way_to_folders")
def test_a_file_of_the_name_of_what_is_made_stays(target: Target) -> None:
    there, kept = name(), f"# {seeded_random.word()}\n"
    steps = {
        "setup": ({there: kept}, called("setup", there, "--backend", target.variant.backend)),
        "add": ({there: kept, "meta.ini": INI}, called("add", there)),
    }
    for command, refused in each_in(target, steps).items():
        assert refused["status"] not in (0, None), f"{command}: {refused['output']}"
        assert refused["files"] == steps[command][0]
        assert there in refused["output"]


PARTS = {"migrations", "api.py", "models.py", "schema.py"}


def parts(told: dict[str, Any], folder: str) -> set[str]:
    """What is in a folder: the names of its files and of its folders."""
    inside = [file.removeprefix(f"{folder}/") for file in told["files"] if file.startswith(f"{folder}/")]
    return {file.partition("/")[0] for file in inside}


@must("CLI-g4", kills=("cli_app_without_schema", "cli_app_without_migrations"))
def test_add_makes_an_app(target: Target) -> None:
    app = name()
    (told,) = Project(target).steps(called("add", app), ini=INI)
    assert PARTS - parts(told, app) == set(), told["output"]


@must("CLI-g4", kills=("cli_app_without_an_import", "cli_app_without_schema"))
def test_django_takes_the_app_and_its_modules_are_imported(target: Target) -> None:
    app = name()
    made, told = Project(target).steps(
        called("add", app),
        {"do": "imported", "app": app, "modules": ["api", "models", "schema", "migrations"]},
        ini=INI,
    )
    assert made["status"] == 0, made["output"]
    assert told["status"] == 0, told["output"]


@must("CLI-2", kills="cli_app_overwrites")
def test_add_overwrites_nothing(target: Target) -> None:
    app, kept = name(), f"# {seeded_random.word()}\n"
    (refused,) = Project(target).steps(called("add", app), ini=INI, **{f"{app}/api.py": kept})
    assert refused["status"] not in (0, None), refused["output"]
    assert parts(refused, app) == {"api.py"}
    assert refused["files"][f"{app}/api.py"] == kept


DATABASES = """
from utilmeta.core.orm import Database, DatabaseConnections
from utilmeta.core.server.backends.django import DjangoSettings

service.use(DjangoSettings(secret_key="key of a project", apps=["notes"]))
service.use(DatabaseConnections({"default": Database(engine="sqlite3", name="kept.sqlite3")}))
service.setup()
"""


@must("CLI-g5", kills=("cli_migrate_without_its_service", "cli_migrations_are_not_written"))
def test_migrations_are_written_and_applied_to_the_databases(target: Target) -> None:
    column = f"c{seeded_random.word()}"
    model = f"from django.db import models\n\n\nclass Note(models.Model):\n    {column} = models.TextField()\n"
    files = {"notes/__init__.py": "", "notes/migrations/__init__.py": "", "notes/models.py": model}
    written, applied, columns = Project(target, more=DATABASES).steps(
        called("makemigrations", "notes"),
        called("migrate", "--verbosity", "0"),
        {"do": "rows", "name": "kept.sqlite3", "table": "notes_note"},
        ini=INI,
        **files,
    )
    made = [text for file, text in written["files"].items() if re.match(r"notes/migrations/0\d+", file)]
    assert len(made) == 1, written["output"]
    assert column in made[0]
    assert column in columns, applied["output"]


COMMANDS = """
from utilmeta.conf import Config


class Greet:
    \"\"\"Says a word.

    And no more.\"\"\"

    name = "say"

    def add_arguments(self, parser):
        parser.add_argument("--times", type=int, default=1)

    def run(self, service, arguments):
        print(service.name, ":".join([WORD] * arguments.times))


class Plain:
    def run(self, service, arguments):
        print("plainly", WORD)


class Unnamed:
    name = ""

    def run(self, service, arguments):
        print("unnamed", WORD)


class Own(Config):
    def hook(self, service):
        service.register_command(Greet)
        service.register_command(Plain)
        service.register_command(Unnamed)


service.use(Own())
"""
ADDING = """
from utilmeta.conf import Config


class Own(Config):
    def hook(self, service):
        if callable(service.register_command):
            print("adds commands", WORD)


service.use(Own())
"""
DOCUMENTED = """
from utilmeta.conf import Config


class Greet:
    name = "greet"

    def run(self, *arguments, **more):
        print("greeted", WORD)


class Own(Config):
    def hook(self, service):
        service.register_command(Greet)


service.use(Own())
"""


@must("CLI-g14", kills="cli_no_commands_of_its_own")
def test_a_configuration_has_what_adds_commands(target: Target) -> None:
    project = Project(target, more=ADDING)
    (told,) = project.steps(called("check"), ini=INI)
    assert f"adds commands {project.word}" in told["output"], told["output"]


@must("CLI-6", kills="cli_own_commands_forgotten")
def test_a_configuration_adds_a_command(target: Target) -> None:
    project = Project(target, more=DOCUMENTED)
    (told,) = project.steps(called("greet"), ini=INI)
    assert f"greeted {project.word}" in told["output"]


@must("CLI-6", kills=("cli_own_commands_without_arguments", "cli_own_commands_unlisted"))
def test_a_command_of_the_services_own_has_a_name_a_help_and_arguments(target: Target) -> None:
    project = Project(target, more=COMMANDS)
    listed, said, thrice, wrong, absent = project.steps(
        called(),
        called("say"),
        called("say", "--times", "3"),
        called("say", "--often"),
        called("greet"),
        ini=INI,
    )
    lines = [line for line in listed["output"].splitlines() if "Says a word." in line]
    assert [line for line in lines if re.search(r"\bsay\b", line)] != [], listed["output"]
    assert f"served {project.word}\n" in said["output"]
    assert f"{project.word}:{project.word}:{project.word}" in thrice["output"]
    for told in (wrong, absent):
        assert told["status"] not in (0, None), told["output"]
        assert project.word not in told["output"]


@must("CLI-6", kills="cli_own_commands_as_their_class_is_spelled")
def test_a_command_without_a_name_has_that_of_its_class(target: Target) -> None:
    project = Project(target, more=COMMANDS)
    listed, plain, empty = project.steps(called(), called("plain"), called("unnamed"), ini=INI)
    assert plain["status"] == 0, plain["output"]
    assert f"plainly {project.word}" in plain["output"]
    assert f"unnamed {project.word}" in empty["output"]
    assert [name for name in ("plain", "unnamed") if not re.search(rf"^\s*{name}\b", listed["output"], re.M)] == []


@must("CLI-6", kills="cli_own_commands_of_any_kind")
def test_what_is_no_command_or_is_there_already_is_refused(target: Target) -> None:
    cases = {}
    for given in ("None", "'text'", "Greet()", "object", "Greet"):
        project = Project(target, more=f"{DOCUMENTED}\nservice.register_command({given})")
        cases[given] = (project.files(INI), called("check"))
    for given, told in each_in(target, cases).items():
        assert told["status"] not in (0, None), f"{given}: {told['output']}"
        assert "command" in told["output"], given
