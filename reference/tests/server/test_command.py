"""``python -m utilmeta settings``: what it shows and says of a wrong reference; and how references are read."""

from __future__ import annotations

import pytest
from project import Project

from utilmeta.core.server.reference import ModuleMissing, import_module, split


def test_the_command_shows_each_setting_with_its_source_and_no_secret(project: Project) -> None:
    project.serve(
        """
        SECRET_KEY, APPEND_SLASH, DATA_UPLOAD_MAX_NUMBER_FILES = "hidden module", True, 7
        service = UtilMeta(__name__, backend="django", name="shop")
        service.use(DjangoSettings(secret_key="hidden", extra={
            "DATABASES": {"default": {"ENGINE": "x", "NAME": ":memory:", "PASSWORD": "hidden"}},
            "BROKER": "amqp://me:hidden@host/", "DSN": "host=h password=hidden port=1", "EMPTY_PASSWORD": "",
            "QUEUES": ["redis://:hidden/h@host", "https://hidden@host", '{"api-token": "hidden", "x": 1}'],
        }))
        """
    )
    done = project.python("-m", "utilmeta", "settings", "server:service")
    assert done.returncode == 0, done.stderr
    assert "hidden" not in done.stdout
    lines = done.stdout.splitlines()
    assert lines == sorted(lines)
    for line in (
        "ALLOWED_HOSTS = ['*']  # UtilMeta's default",
        "BROKER = 'amqp://me:********@host/'  # DjangoSettings(extra)",
        "DATABASES = {'default': {'ENGINE': 'x', 'NAME': ':memory:', 'PASSWORD': '********'}}  # DjangoSettings(extra)",
        "DATA_UPLOAD_MAX_NUMBER_FILES = 7  # the settings module 'server'",
        "DEBUG = True  # UtilMeta(), whose production is False unless given",
        "DSN = 'host=h password=******** port=1'  # DjangoSettings(extra)",
        "EMPTY_PASSWORD = ''  # DjangoSettings(extra)",
        "QUEUES = ['redis://:********@host', 'https://********@host', '{\"api-token\": ********, \"x\": 1}']"
        "  # DjangoSettings(extra)",
        "SECRET_KEY = '********'  # DjangoSettings(secret_key), over the settings module 'server'",
    ):
        assert line in lines, done.stdout
    assert "APPEND_SLASH" not in done.stdout


def test_the_command_says_so_where_there_is_no_django(project: Project) -> None:
    project.serve("import sys\nservice = UtilMeta(__name__, backend='flask', name='shop')")
    done = project.python("-m", "utilmeta", "settings", "server:service")
    assert (done.returncode, done.stdout) == (
        0,
        "shop is on flask and uses no Django: it has no Django settings.\n",
    )


@pytest.mark.parametrize(
    ("reference", "status", "words"),
    [
        ("server", 2, "'server' is no reference to a service; give module:name, such as server:service"),
        ("server.py:service", 2, "there is no module 'server.py'"),
        ("sever:service", 2, "there is no module 'sever'"),
        ("server:app", 2, "it has no 'app'; give server:service"),
        ("server:api", 2, "'api' of it is no service; give server:service"),
        ("json:dumps", 2, "'dumps' of it is no service; name a module that calls UtilMeta(...)"),
        ("server:service", 1, "error: SECRET_KEY is missing"),
    ],
)
def test_the_command_names_what_is_wrong_and_the_cure(
    project: Project, reference: str, status: int, words: str
) -> None:
    project.serve("service = UtilMeta(__name__, backend='django', production=True)")
    done = project.python("-m", "utilmeta", "settings", reference)
    assert done.returncode == status, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_what_the_module_of_a_service_raises_is_not_taken_for_a_wrong_reference(project: Project) -> None:
    project.write("server.py", "raise LookupError('broken')")
    done = project.python("-m", "utilmeta", "settings", "server:service")
    assert done.returncode == 1
    assert done.stderr.endswith("LookupError: broken\n")
    project.write("server.py", "import absent_library")
    assert "No module named 'absent_library'" in project.python("-m", "utilmeta", "settings", "server.service").stderr


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("a:b", ("a", "b")),
        ("a.b", ("a", "b")),
        ("a.b:c", ("a.b", "c")),
        ("a.b.c", ("a.b", "c")),
        ("a", ("", "a")),
        ("", None),
        (".a", None),
        (":a", None),
        ("a:", None),
        ("a.", None),
        ("a..b", None),
        ("a:b:c", None),
        ("a:b.c", None),
        ("a-b:c", None),
        ("server.py:a b", None),
    ],
)
def test_a_reference_has_a_module_and_a_name(reference: str, parts: tuple[str, str] | None) -> None:
    assert split(reference) == parts


def test_a_module_that_is_not_there_is_told_from_what_a_module_imports(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("absent_module", "json.absent", "absent_package.module"):
        with pytest.raises(ModuleMissing):
            import_module(name)
    monkeypatch.syspath_prepend(tmp_path)
    with open(f"{tmp_path}/importing_what_is_absent.py", "w") as file:
        file.write("import absent_library")
    with pytest.raises(ModuleNotFoundError, match="absent_library"):
        import_module("importing_what_is_absent")
