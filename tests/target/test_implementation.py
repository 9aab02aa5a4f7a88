"""Implementation files, their interpreters, and an implementation whose names are its own."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Iterator, Mapping
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from conformance.contract.backend import BACKENDS, Capability, Mode
from conformance.contract.variant import Variant
from conformance.foundation.exceptions import (
    AgentDied,
    BadUsage,
    FrameworkMissing,
    InterpreterMissing,
    NoImplementation,
    TwoImplementations,
)
from conformance.target import implementation, interpreter
from conformance.target.target import Target
from tests.conftest import FAKES

GOOD = 'name = "mine"\nvariants = ["flask-sync"]\n[interpreter]\nexecutable = "{python}"\n'
WITH_PIP = GOOD.replace('executable = "{python}"', 'install = ["--no-index", "pip"]')


def written(folder: Path, text: str) -> Path:
    file = folder / "mine.toml"
    file.write_text(text)
    return file


def test_the_reference_is_known_by_its_name() -> None:
    found = implementation.find("reference")
    assert found.distribution == "utilmeta-reference"
    assert found.variants


def test_what_is_not_offered_is_what_is_missing_of_features_backends_and_modes(tmp_path: Path) -> None:
    variants = 'variants = ["flask-sync", "django-async", "django-sync"]'
    text = GOOD.replace('variants = ["flask-sync"]', f'{variants}\noffers = ["orm"]')
    found = implementation.load(written(tmp_path, text))
    assert found.features_not_offered == ("client", "redis")
    assert set(found.variants_not_offered) == {"flask-async", "starlette", "fastapi", "sanic", "tornado"}
    assert implementation.find("reference").features_not_offered == ()
    assert implementation.find("reference").variants_not_offered == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD.replace("flask-sync", "flsk-sync"), "'flsk-sync' is no variant: one reads `flask-sync`"),
        (GOOD.replace("flask-sync", "flask"), "'flask' is no variant"),
        (GOOD.replace('name = "mine"', 'nmae = "mine"'), "unknown key nmae; there are backends, distribution"),
        (GOOD.replace("executable", "executible"), "unknown key interpreter.executible"),
        (GOOD.replace('name = "mine"\n', ""), "name is missing"),
        (GOOD.replace('executable = "{python}"', ""), "say either interpreter.install"),
        (GOOD + 'install = ["x"]', "say either interpreter.install"),
        ("name = ", "mine.toml is not TOML"),
        (GOOD.replace('"mine"', '"../mine"'), "name is '../mine'; it has to be made of letters"),
        (GOOD.replace('"mine"', "3"), "name is 3; it has to be made of letters"),
        (GOOD.replace('"mine"', '"a\\u001b"'), "it has to be made of letters"),
        (GOOD.replace('executable = "{python}"', 'install = "x"'), "interpreter.install is 'x'; it has to be an array"),
        ('name = "mine"\nvariants = ["flask-sync"]\ninterpreter = 3\n', "interpreter is 3; it has to be a table"),
        (GOOD + "[backends]\na = 3\n", "backends.a is 3; it has to be a table"),
        (GOOD.replace('["flask-sync"]', '"flask-sync"'), "variants is 'flask-sync'; it has to be an array of variants"),
        (GOOD.replace('"flask-sync"', ""), r"variants is \[\]; it has to be an array of variants, .* at least one"),
        (GOOD.replace('"flask-sync"', '"flask-sync", "flask-sync"'), "each once"),
        (GOOD.replace('"flask-sync"', '"flask-sync", 3'), "variants holds 3; it has to be an array of texts"),
        (GOOD.replace("variants", "replays = -1\nvariants"), "replays is -1; it has to be a number: how often"),
        (GOOD.replace('"{python}"', "3"), "interpreter.executable is 3; it has to be a text"),
        (GOOD.replace("variants", "distribution = 3\nvariants"), "distribution is 3; it has to be a text"),
        (GOOD + '[names]\n"utilmeta.core.api" = 3\n', "names.utilmeta.core.api is 3; it has to be a text"),
        (GOOD + '[names]\n"flask" = "mine"\n', "names is 'flask'; it has to be a name of the page"),
        (GOOD + '"a\\u001b" = 3\n', "unknown key interpreter.a\\\\x1b"),
        (
            GOOD.replace("[interpreter]", 'offers = ["sql"]\n[interpreter]'),
            "offers is .'sql'.; it has to be an array of client",
        ),
        (
            GOOD.replace("[interpreter]", 'offers = "orm"\n[interpreter]'),
            "offers is 'orm'; it has to be an array of client",
        ),
    ],
)
def test_a_file_that_does_not_say_what_it_must_is_named_with_the_key(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BadUsage, match=message):
        implementation.find(str(written(tmp_path, text)))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nobody", "There is no implementation 'nobody'. Known by name: .*reference"),
        ("no/such.toml", "There is no implementation file no/such.toml"),
    ],
)
def test_an_implementation_that_does_not_exist_is_refused_with_those_that_do(name: str, message: str) -> None:
    with pytest.raises(BadUsage, match=message):
        implementation.find(name)


def test_an_interpreter_that_cannot_be_run_is_named(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD.replace("{python}", "no-such-python"))
    with pytest.raises(InterpreterMissing, match=r"interpreter.executable .*no-such-python cannot be run"):
        interpreter.ready(implementation.load(file))


def test_an_environment_is_made_once_until_what_is_installed_changes_and_a_failure_shows_what_pip_said(
    tmp_path: Path, interpreter_with_pip: Path
) -> None:
    made = interpreter_with_pip.parent.parent
    shutil.copytree(made, tmp_path / made.name, symlinks=True)
    said: list[str] = []
    assert interpreter.ready(implementation.load(written(tmp_path, WITH_PIP)), said.append, tmp_path).exists()
    assert said == []
    another = implementation.load(written(tmp_path, WITH_PIP.replace('"pip"', '"no-such-project"')))
    with pytest.raises(InterpreterMissing, match=r"(?s)pip install .* ended with 1.*no-such-project"):
        interpreter.ready(another, said.append, tmp_path)
    assert len(said) == 1


def test_the_files_of_a_local_project_decide_which_build_is_judged(tmp_path: Path) -> None:
    project = tmp_path / "mine"
    (project / "src" / "__pycache__").mkdir(parents=True)
    (project / "pyproject.toml").write_text("")
    (project / "src" / "utilmeta.py").write_text("first")
    text = GOOD.replace('executable = "{python}"', 'install = ["{here}/mine[all]", "--editable", "{here}"]')
    (tmp_path / "pyproject.toml").write_text("")
    found = implementation.load(written(tmp_path, text))
    ((named, first),) = interpreter.builds_of(found).items()
    assert named == project
    (project / "src" / "__pycache__" / "utilmeta.pyc").write_text("compiled")
    assert interpreter.builds_of(found) == {project: first}
    before = interpreter.fingerprint(found)
    (project / "src" / "utilmeta.py").write_text("second")
    assert interpreter.builds_of(found) != {project: first}
    assert interpreter.fingerprint(found) != before


def test_an_environment_of_a_local_project_is_made_anew_when_its_files_have_changed(
    tmp_path: Path, interpreter_with_pip: Path
) -> None:
    environments, project = tmp_path / "environments", tmp_path / "project"
    project.mkdir()
    (project / "setup.py").write_text("1 / 0")  # pip ends at once, and needs no index
    text = GOOD.replace('executable = "{python}"', 'install = ["--no-index", "--no-build-isolation", "{here}/project"]')
    found = implementation.load(written(tmp_path, text))
    shutil.copytree(interpreter_with_pip.parent.parent, environments / interpreter_with_pip.parent.parent.name)
    stamp = environments / interpreter_with_pip.parent.parent.name / "made-from"
    stamp.write_text(interpreter.fingerprint(found))
    said: list[str] = []
    assert interpreter.ready(found, said.append, environments).exists()
    assert said == []
    (project / "mine.py").write_text("changed")
    with pytest.raises(InterpreterMissing):
        interpreter.ready(found, said.append, environments)
    assert [line for line in said if f"of {project}" in line] == said != []


def test_the_harnesss_own_environment_does_not_reach_the_implementation(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("PYTHONPATH", "PYTEST_ADDOPTS", "SCENARIO_BACKEND", "HTTP_PROXY", "DJANGO_SETTINGS_MODULE")
    for name in (*names, "PIP_INDEX_URL", "UV_INDEX_URL"):
        monkeypatch.setenv(name, "leaked")
    assert "leaked" not in interpreter.environment(implementation.find("reference")).values()


@pytest.fixture(scope="module")
def interpreter_with_pip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of an environment that is made once for all workers."""
    found = implementation.load(written(tmp_path_factory.mktemp("with_pip"), WITH_PIP))
    base = tmp_path_factory.getbasetemp()
    of_all = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return interpreter.ready(found, environments=of_all / "environments")


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """A folder with one wheel, `found_by_pip`."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    with zipfile.ZipFile(folder / "found_by_pip-1.0-py3-none-any.whl", "w") as wheel:
        for name, text in (
            ("METADATA", "Metadata-Version: 2.1\nName: found-by-pip\nVersion: 1.0\n"),
            ("WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
            ("RECORD", ""),
        ):
            wheel.writestr(f"found_by_pip-1.0.dist-info/{name}", text)
    return folder


@contextlib.contextmanager
def index(wheels: Path) -> Iterator[str]:
    """The URL of a package index that has the wheel."""
    page = wheels / "found-by-pip"
    page.mkdir()
    (wheel,) = wheels.glob("*.whl")
    (page / "index.html").write_text(f'<!DOCTYPE html><a href="../{wheel.name}">{wheel.name}</a>')
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(wheels))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("way", ["the user's variables", "the user's configuration", "an index that is asked for"])
def test_what_is_judged_cannot_install_a_package(
    tmp_path: Path, wheels: Path, interpreter_with_pip: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    arguments = ["-m", "pip", "install", "--dry-run", "--disable-pip-version-check", "found-by-pip"]

    def installs(environment: Mapping[str, str]) -> bool:
        command = [str(interpreter_with_pip), *arguments]
        done = subprocess.run(command, env=dict(environment), capture_output=True, text=True, timeout=60, cwd=tmp_path)
        assert "found-by-pip" in done.stdout + done.stderr
        return done.returncode == 0

    for name in [name for name in os.environ if name.upper().startswith("PIP_")]:
        monkeypatch.delenv(name)
    with index(wheels) as url:
        if way == "the user's variables":
            monkeypatch.setenv("PIP_INDEX_URL", url)
            monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
        elif way == "the user's configuration":
            (tmp_path / "pip").mkdir()
            (tmp_path / "pip" / "pip.conf").write_text(f"[global]\nindex-url = {url}\nfind-links = {wheels}\n")
            monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
            monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip" / "pip.conf"))
        else:
            arguments += ["--index-url", url]
        assert installs(os.environ), "the user could not install it either"
        assert not installs(interpreter.environment(implementation.find("reference")))


def distribution(folder: Path, name: str, *, package: bool) -> None:
    information = folder / f"{name}-1.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (information / "top_level.txt").write_text("utilmeta\n")
    if package:
        (folder / "utilmeta").mkdir()
        (folder / "utilmeta" / "__init__.py").write_text("")


def judged(tmp_path: Path, text: str, variant: str = "flask-sync") -> Target:
    return Target(implementation.load(written(tmp_path, text)), Variant.parse(variant))


def test_two_distributions_that_provide_utilmeta_are_refused(tmp_path: Path) -> None:
    distribution(tmp_path / "one", "first", package=True)
    distribution(tmp_path / "two", "second", package=False)
    message = r"first 1.0 and second 1.0 both provide `utilmeta`"
    with judged(tmp_path, GOOD + 'path = ["one", "two"]\n') as target, pytest.raises(TwoImplementations, match=message):
        target.probe("root", "whatever")


def test_a_distribution_that_the_file_does_not_speak_of_is_refused(tmp_path: Path) -> None:
    distribution(tmp_path / "one", "first", package=True)
    text = f'distribution = "third"\n{GOOD}path = ["one"]\n'
    message = "says that third provides `utilmeta`; the interpreter has"
    with judged(tmp_path, text) as target, pytest.raises(NoImplementation, match=message):
        target.probe("root", "whatever")


def test_a_framework_that_is_not_installed_is_named_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "path" / "utilmeta").mkdir(parents=True)
    (tmp_path / "path" / "utilmeta" / "__init__.py").write_text("")
    (tmp_path / "path" / "tornado.py").write_text("raise ImportError('No module named tornado')")
    text = GOOD.replace("flask-sync", "tornado-async") + 'path = ["path"]\n'
    with (
        judged(tmp_path, text, "tornado-async") as target,
        pytest.raises(FrameworkMissing, match=r"tornado cannot be imported.*Install what .* needs for tornado-async"),
    ):
        target.probe("root", "whatever")


def test_an_agent_that_dies_shows_the_end_of_its_output(tmp_path: Path) -> None:
    (tmp_path / "path" / "utilmeta").mkdir(parents=True)
    (tmp_path / "path" / "utilmeta" / "__init__.py").write_text("import os; print('oh no', flush=True); os._exit(5)")
    message = r"(?s)The agent ended \(exit status 5\).*oh no"
    with judged(tmp_path, GOOD + 'path = ["path"]\n') as target, pytest.raises(AgentDied, match=message):
        target.probe("root", "whatever")


SEVENTH = """
[backends.quart]
application = { sync = "quart.Sync", async = "quart.Async" }
dispatch = "quart:Application.call"
server = "uvicorn"
mode = "async"
port = 5001
capabilities = ["lifespan", "mounts"]
"""


def test_a_file_adds_backends_to_the_contracts_six(tmp_path: Path) -> None:
    found = implementation.load(written(tmp_path, GOOD.replace("flask-sync", "quart-async") + SEVENTH))
    (variant,) = found.variants
    assert (str(variant), variant.on_a_loop, variant.framework.default_port) == ("quart-async", True, 5001)
    assert variant.framework.applications == {Mode.SYNC: "quart.Sync", Mode.ASYNC: "quart.Async"}
    assert variant.can(Capability.LIFESPAN | Capability.MOUNTS)
    assert not variant.can(Capability.MIDDLEWARE)
    assert list(found.backends) == [*BACKENDS, "quart"]


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        (
            "[backends.quart]",
            "[backends.flask]",
            "backends.flask: name a backend after its framework's package; django",
        ),
        ("[backends.quart]", '[backends."a-b"]', "backends.a-b: name a backend after its framework's package"),
        ("port", "prot", "unknown key backends.quart.prot; there are application, capabilities, dispatch"),
        ("dispatch", "stamps", "backends.quart.dispatch is missing"),
        ('"uvicorn"', '"daphne"', "backends.quart.server: daphne is none of werkzeug, django, uvicorn"),
        ('"mounts"', '"mount"', "backends.quart.capabilities: 'mount' is none of middleware, lifespan, mounts"),
        (
            '["lifespan", "mounts"]',
            '"mounts"',
            "backends.quart.capabilities is 'mounts'; it has to be an array of texts",
        ),
        ('mode = "async"', 'mode = "both"', "backends.quart.mode is 'both'; it has to be sync or async"),
        (', async = "quart.Async"', "", "it has to be a text, or a table of two"),
    ],
)
def test_a_backend_that_does_not_say_what_it_must_is_named_with_the_key(
    tmp_path: Path, wrong: str, right: str, message: str
) -> None:
    with pytest.raises(BadUsage, match=message):
        implementation.load(written(tmp_path, GOOD + SEVENTH.replace(wrong, right)))


OWN_NAMES = """
[names]
"utilmeta" = "acme"
"utilmeta:UtilMeta" = "acme.service:Service"
"utilmeta.core.api" = "acme.interface"
"""


def test_the_distribution_of_an_implementation_whose_names_differ_is_that_of_its_own_package(tmp_path: Path) -> None:
    text = GOOD + f'path = ["one", "{FAKES / "renamed"}"]\n' + OWN_NAMES
    (tmp_path / "one" / "first-1.0.dist-info").mkdir(parents=True)
    (tmp_path / "one" / "first-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: first\nVersion: 1.0\n"
    )
    (tmp_path / "one" / "first-1.0.dist-info" / "top_level.txt").write_text("acme\n")
    with judged(tmp_path, f'distribution = "first"\n{text}') as target:
        assert target.prepared()["distributions"] == [{"name": "first", "version": "1.0"}]
    message = "says that second provides `acme`; the interpreter has first"
    with judged(tmp_path, f'distribution = "second"\n{text}') as target, pytest.raises(NoImplementation, match=message):
        target.prepared()


def test_each_implementation_of_the_project_and_each_fake_is_as_the_schema_says() -> None:
    files = [*implementation.FOLDER.glob("*.toml"), *FAKES.glob("*.toml")]
    assert len(files) > 5
    for file in files:
        assert implementation.load(file).variants, file


@pytest.mark.parametrize("start", ["forked", "script"])
def test_an_implementation_whose_names_differ_is_judged_by_the_pages_names(tmp_path: Path, start: str) -> None:
    text = GOOD + f'path = ["{FAKES / "renamed"}"]\n' + OWN_NAMES
    target = Target(implementation.load(written(tmp_path, text)), Variant.parse("flask-sync"), FAKES / "scenarios")
    with target:
        if start == "forked":
            assert target.probe("renamed", "names").value == ["acme.service.Service", "acme.interface.API"]
        else:
            script = target.script("renamed", address=(target.host, 1), wait=False)
            assert script.wait() == 0
            assert script.output.split() == ["acme.service.Service", "acme.interface.API"]
