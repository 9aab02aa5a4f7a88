"""CLI: the command `meta`, in folders of its own (cli_project.py)."""

from __future__ import annotations

import re

import pytest

from conformance.checks.cli_project import Project, called, each_in, steps_in
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.target import Target

INI = "[utilmeta]\nmain = server.py\nservice = server:service\napp = server:app\npidfile = kept.pid\n"
LISTED = ("setup", "init", "add", "run", "down", "restart", "check", "makemigrations", "migrate")


OPTIONS = {"setup": ("--description", "--backend", "--host"), "init": ("--app",), "run": ("-d",)}


@must("CLI-g1", kills=("cli_listed_by_help_alone", "cli_list_of_no_command"))
@pytest.mark.parametrize("command", ["meta", "utilmeta"])
def test_the_installed_commands_list_what_there_is(target: Target, command: str) -> None:
    (told,) = steps_in(target, {}, called(command=command))
    found = [name for name in LISTED if re.search(rf"\b{name}\b", told["output"])]
    assert "run" in found, told["output"]
    assert len(found) > 1, told["output"]


@must("CLI-1", kills=("cli_module_without_help", "cli_list_without_run"))
def test_the_module_is_the_same_command(target: Target) -> None:
    module = "python -m utilmeta"
    listed, *helped = steps_in(
        target, {}, called(command=module), *(called(name, "--help", command=module) for name in OPTIONS)
    )
    assert [name for name in LISTED if name not in listed["output"]] == [], listed["output"]
    for told, options in zip(helped, OPTIONS.values(), strict=True):
        assert told["status"] == 0, told["output"]
        assert [option for option in options if option not in told["output"]] == [], told["output"]


FORMS = {
    "all under utilmeta": INI,
    "all under service": INI.replace("[utilmeta]", "[service]"),
}
OTHER_FORMS = {
    "a service alone": "[utilmeta]\nservice = server:service\n",
    "a service with a dot": "[utilmeta]\nservice = server.service\n",
    "an application alone": "[service]\napp = server.app\n",
    "a file alone": "[utilmeta]\nmain = server.py\n",
    "a module alone": "[service]\nmain = server\n",
    "a file of this folder": "[utilmeta]\nmain = ./server.py\n",
}


@must("CLI-g8", kills=("cli_section_utilmeta_alone", "cli_references_not_read"))
def test_meta_ini_says_what_is_run(target: Target) -> None:
    project = Project(target)
    serving = {"do": "serving", "url": project.url, "arguments": ["run"]}
    for form, told in each_in(target, {form: (project.files(ini), serving) for form, ini in FORMS.items()}).items():
        assert project.answers(told), f"{form}: {told['output']}"


@must("CLI-5", kills="cli_ini_of_the_working_directory")
def test_a_command_works_in_every_folder_of_the_project(target: Target) -> None:
    project = Project(target)
    (told,) = project.steps(called("check", within="below/deep"), ini=INI, below__deep__note="")
    assert told["status"] == 0, told["output"]


@must("CLI-5", kills=("cli_references_with_a_colon_alone", "cli_main_with_a_dot_is_no_file"))
def test_one_reference_is_enough(target: Target) -> None:
    project = Project(target)
    for form, told in each_in(
        target, {form: (project.files(ini), called("check")) for form, ini in OTHER_FORMS.items()}
    ).items():
        assert told["status"] == 0, f"{form}: {told['output']}"


@must("CLI-5", kills="cli_main_is_a_file")
def test_what_one_reference_names_is_run(target: Target) -> None:
    project = Project(target)
    serving = {"do": "serving", "url": project.url, "arguments": ["run"]}
    forms = ("an application alone", "a module alone", "a file of this folder")
    for form, told in each_in(target, {form: (project.files(OTHER_FORMS[form]), serving) for form in forms}).items():
        assert project.answers(told), f"{form}: {told['output']}"


# Of a project whose service is in the module server of a package, and again in the package's package inner.
PACKAGE_FORMS = {
    "a service with a dot": "[utilmeta]\nservice = shop.server.service\n",
    "a service with a colon": "[service]\nservice = shop.server:service\n",
    "an application with a dot": "[utilmeta]\napp = shop.server.app\n",
    "a service of a package": "[utilmeta]\nservice = shop.inner.service\n",
    "a module": "[service]\nmain = shop.server\n",
    "a file": "[utilmeta]\nmain = shop/server.py\n",
    "a file from this folder": "[utilmeta]\nmain = ./shop/../shop/./server.py\n",
}


def packaged(project: Project, ini: str) -> dict[str, str]:
    """The files of the project with its service in that package alone."""
    return {
        "meta.ini": ini,
        "shop/__init__.py": "",
        "shop/server.py": project.server,
        "shop/inner/__init__.py": project.server,
    }


@must("CLI-5", kills=("cli_references_with_one_dot_alone", "cli_references_with_a_colon_alone"))
def test_a_reference_may_be_of_a_module_in_a_package(target: Target) -> None:
    project = Project(target)
    for form, told in each_in(
        target, {form: (packaged(project, ini), called("check")) for form, ini in PACKAGE_FORMS.items()}
    ).items():
        assert told["status"] == 0, f"{form}: {told['output']}"


@must("CLI-5", kills=("cli_references_with_one_dot_alone", "cli_main_in_no_package"))
def test_what_a_reference_into_a_package_names_is_run(target: Target) -> None:
    project = Project(target)
    serving = {"do": "serving", "url": project.url, "arguments": ["run"]}
    forms = ("a service with a dot", "a module", "a file")
    for form, told in each_in(
        target, {form: (packaged(project, PACKAGE_FORMS[form]), serving) for form in forms}
    ).items():
        assert project.answers(told), f"{form}: {told['output']}"


WRONG = {
    "no file": (None, "meta.ini"),
    "no section": ("[other]\nservice = server:service\n", "meta.ini"),
    "no references": ("[utilmeta]\npidfile = a.pid\n", "service"),
    "no INI": ("service = server:service\n", "meta.ini"),
    "no module": ("[utilmeta]\nservice = absent:service\n", "absent"),
    "no module in a package": ("[utilmeta]\nservice = shop.absent.service\n", "absent"),
    "no name in a package": ("[utilmeta]\nservice = shop.server.absent\n", "absent"),
    "no name": ("[utilmeta]\nservice = server:absent\n", "absent"),
    "no file of main": ("[utilmeta]\nmain = absent.py\n", "absent"),
    "no module of main": ("[utilmeta]\nmain = shop.absent\n", "absent"),
    "no reference": ("[utilmeta]\nservice = 5:server\n", "5:server"),
    "no service": ("[utilmeta]\nservice = other:word\n", "other:word"),
}


@must("CLI-5", kills="cli_ini_that_leads_nowhere_passes")
def test_a_meta_ini_that_leads_nowhere_is_an_error_that_says_so(target: Target) -> None:
    project = Project(target)
    more = {"other.py": "word = 5\n", "shop/__init__.py": "", "shop/server.py": "word = 5\n"}
    files = {case: project.files(ini, **more) for case, (ini, _) in WRONG.items()}
    for case, told in each_in(target, {case: (there, called("check")) for case, there in files.items()}).items():
        assert told["status"] not in (0, None), f"{case}: {told['output']}"
        assert WRONG[case][1] in told["output"], case


@must("CLI-g10", kills="cli_check_without_a_word")
def test_check_tells_whether_the_service_loads(target: Target) -> None:
    project = Project(target)
    (right,) = project.steps(called("check"), ini=INI)
    wrong = seeded_random.word()
    broken = Project(target, more=f"raise RuntimeError({wrong!r})")
    (told,) = broken.steps(called("check"), ini=INI)
    assert right["output"].strip() != ""
    assert wrong in told["output"]
    assert wrong not in right["output"]


@must("CLI-3", kills=("cli_check_of_the_import_alone", "cli_check_without_its_status"))
@pytest.mark.parametrize("more", ["raise RuntimeError({!r})", "service.mount(api={!r}, route='x')"])
def test_check_ends_with_another_status_where_the_service_does_not_load(target: Target, more: str) -> None:
    (right,) = Project(target).steps(called("check"), ini=INI)
    assert right["status"] == 0, right["output"]
    wrong = f"w{seeded_random.word()}"
    broken = Project(target, more=more.format(wrong))
    broken.server = broken.server.replace("app = service.application()\n", "")
    (told,) = broken.steps(called("check"), ini=INI.replace("app = server:app\n", ""))
    assert told["status"] not in (0, None), told["output"]
    assert wrong in told["output"]


OF_A_CONFIGURATION = """
from utilmeta.conf import Config


class Own(Config):
    def hook(self, service):
        raise SystemExit


service.use(Own())
"""
EXITS = {
    "without a status": "import sys\nsys.exit()",
    "with 0": "import sys\nsys.exit(0)",
    "with False": "import sys\nsys.exit(False)",
    "with another status": "import sys\nsys.exit(3)",
    "with a text": "import sys\nsys.exit('ended')",
    "in an imported module": "import ending",
    "in a configuration": OF_A_CONFIGURATION,
}


@must("CLI-3", kills=("cli_check_of_a_module_that_exits_is_well", "cli_check_without_its_status"))
def test_check_ends_with_another_status_where_the_service_exits(target: Target) -> None:
    cases = {}
    for how, more in EXITS.items():
        project = Project(target, more=more)
        project.server = project.server.replace("app = service.application()\n", "")
        files = project.files(INI.replace("app = server:app\n", ""), **{"ending.py": "raise SystemExit\n"})
        cases[how] = (files, called("check"))
    for how, told in each_in(target, cases).items():
        assert told["status"] not in (0, None), f"{how}: {told['output']}"
        assert told["output"].strip() != "", how


@must("CLI-g6", kills="cli_run_serves_nothing")
def test_run_serves_in_the_foreground(target: Target) -> None:
    project = Project(target)
    (told,) = project.steps({"do": "serving", "url": project.url, "arguments": ["run"]}, ini=INI)
    assert project.answers(told), told["output"]


@must("CLI-g6", kills=("cli_daemon_in_the_foreground", "cli_daemon_not_started"))
def test_run_with_d_serves_in_the_background(target: Target) -> None:
    project = Project(target)
    begun, told = project.steps(called("run", "-d"), {"do": "ask", "url": project.url}, ini=INI)
    assert begun["status"] == 0, begun["output"]
    assert project.answers(told), begun["output"]


@must("CLI-g7", kills=("cli_down_leaves_the_process", "cli_pidfile_of_another_name"))
def test_down_ends_the_process_of_the_pidfile(target: Target) -> None:
    project = Project(target)
    begun, told, down, gone = project.steps(
        called("run", "-d"),
        {"do": "ask", "url": project.url},
        called("down"),
        {"do": "gone", "url": project.url},
        ini=INI,
    )
    assert project.answers(told), begun["output"]
    assert re.fullmatch(r"\d+\s*", begun["files"].get("kept.pid", "")), begun["files"]
    assert gone is True, down["output"]


@must("CLI-g7", kills="cli_restart_is_down")
def test_restart_starts_it_anew(target: Target) -> None:
    project = Project(target)
    ask = {"do": "ask", "url": project.url}
    begun, first, again, second = project.steps(called("run", "-d"), ask, called("restart"), ask, ini=INI)
    assert project.answers(first), begun["output"]
    assert project.answers(second), again["output"]
    assert begun["files"]["kept.pid"] != again["files"]["kept.pid"]


@must("CLI-4", kills="cli_down_ends_any_process")
@pytest.mark.parametrize("command", ["down", "restart"])
def test_a_process_that_is_not_the_services_is_left_alone(target: Target, command: str) -> None:
    project = Project(target)
    _, told, alive = project.steps({"do": "bystander", "name": "kept.pid"}, called(command), {"do": "alive"}, ini=INI)
    assert alive is True, told["output"]
    assert command == "restart" or told["status"] not in (0, None), told["output"]


@must("CLI-4", kills="cli_down_ends_services_in_the_foreground")
@pytest.mark.parametrize("command", ["down", "restart"])
def test_a_service_in_the_foreground_is_left_alone(target: Target, command: str) -> None:
    project = Project(target)
    served, told, alive = project.steps(
        {"do": "foreground", "url": project.url, "name": "kept.pid"}, called(command), {"do": "alive"}, ini=INI
    )
    assert served.get("text", "").strip('"') == project.word
    assert alive is True, told["output"]
    if command == "down":
        assert told["status"] not in (0, None), told["output"]


@must("CLI-4", kills=("cli_down_ends_services_of_other_projects", "cli_down_ends_services_of_longer_folders"))
@pytest.mark.parametrize("command", ["down", "restart"])
def test_a_service_of_another_project_is_left_alone(target: Target, command: str) -> None:
    for folder in ("kept2", "kept/below"):
        project, other = Project(target), Project(target)
        files = {f"kept/{file}": text for file, text in project.files(INI).items()}
        ask = {"do": "ask", "url": other.url}
        begun, first, _, told, second = steps_in(
            target,
            {**files, **{f"{folder}/{file}": text for file, text in other.files(INI).items()}},
            called("run", "-d", within=folder),
            ask,
            {"do": "copy", "name": f"{folder}/kept.pid", "to": "kept/kept.pid"},
            called(command, within="kept"),
            ask,
        )
        assert other.answers(first), begun["output"]
        assert other.answers(second), f"{folder}: {told['output']}"
        assert command == "restart" or told["status"] not in (0, None), f"{folder}: {told['output']}"


@must("CLI-4", kills=("cli_down_of_nothing_is_well", "cli_daemon_beside_another"))
def test_down_of_nothing_and_a_second_one_in_the_background_are_errors(target: Target) -> None:
    project = Project(target)
    ask = {"do": "ask", "url": project.url}
    texts = {text: project.files(INI, **{"kept.pid": text}) for text in ("", "word", "0", "-1", "99999999")}
    for text, told in each_in(target, {text: (there, called("down")) for text, there in texts.items()}).items():
        assert told["status"] not in (0, None), f"{text!r}: {told['output']}"
    begun, _, second, down, again = project.steps(
        called("run", "-d"), ask, called("run", "-d"), called("down"), called("down"), ini=INI
    )
    assert begun["status"] == 0, begun["output"]
    assert second["status"] not in (0, None), second["output"]
    assert second["files"]["kept.pid"] == begun["files"]["kept.pid"]
    assert down["status"] == 0, down["output"]
    assert again["status"] not in (0, None), again["output"]
