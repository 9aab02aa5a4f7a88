"""``meta gen_client``: where it writes, what it is asked for, and that it writes all or nothing."""

from __future__ import annotations

import pytest
from project import Project

SERVICE = "service = UtilMeta(__name__, backend='flask', name='shop', api=RootAPI, route='/api', port=8001)"
INI = "[utilmeta]\nservice = server:service\n"
OWN = (
    "class Own:\n    @classmethod\n    def __get_pydantic_core_schema__(cls, *given):\n        return {'type': 'any'}\n"
)


def meta(project: Project, *arguments: str, code: int = 0) -> str:
    done = project.python("-m", "utilmeta", "gen_client", *arguments)
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def shop(project: Project) -> Project:
    project.serve(SERVICE)
    project.write("meta.ini", INI)
    return project


def test_a_module_is_written_or_printed(shop: Project) -> None:
    printed = meta(shop)
    assert "class RootClient(cli.Client):" in printed
    assert 'default_base_url = "http://127.0.0.1:8001/api"' in printed
    assert meta(shop, "--to=client.py") == "wrote client.py\n"
    file = shop.folder / "client.py"
    assert file.read_text() == printed
    file.chmod(0o640)
    assert "class Shop(" in (meta(shop, "--to", "client.py", "--class=Shop") and file.read_text())
    assert file.stat().st_mode & 0o777 == 0o640
    assert "async def" in meta(shop, "--async")
    assert sorted(each.name for each in shop.folder.iterdir()) == ["client.py", "meta.ini", "server.py"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--openapi=a.json"], 2, "--openapi is not there yet"),
        (["--class=a b"], 2, "--class='a b' is no name of a class"),
        (["--class=class"], 2, "--class='class' is no name of a class"),
        (["--to=absent/client.py"], 1, "cannot be written: No such file or directory; nothing was written"),
        (["--to=."], 1, "cannot be written: it is no file; nothing was written"),
    ],
)
def test_what_cannot_be_is_an_error(shop: Project, arguments: list[str], code: int, said: str) -> None:
    assert said in meta(shop, *arguments, code=code)


def test_a_file_stays_where_a_type_cannot_be_written(shop: Project) -> None:
    file = shop.write("client.py", "kept = 1\n")
    wrong = "\n@api.get\ndef wrong(self, given: Own): pass\nRootAPI.wrong = wrong\n"
    shop.serve(f"{OWN}{wrong}{SERVICE}")
    told = meta(shop, "--to=client.py", code=1)
    assert "RootAPI.wrong: parameter 'given' has the type Own, which cannot be written" in told
    assert file.read_text() == "kept = 1\n"


def test_a_service_that_does_not_load_is_an_error(shop: Project) -> None:
    shop.write("server.py", "raise LookupError('broken')")
    assert "LookupError: broken" in meta(shop, code=1)


def test_the_url_is_the_origin_and_apis_are_where_they_are_mounted(shop: Project) -> None:
    shop.serve(
        "class Other(api.API):\n    @api.get\n    def word(self): pass\n"
        f"{SERVICE.replace('port=8001', 'origin=' + repr('https://shop.example'))}\n"
        "service.mount(Other, route='v2')\n"
    )
    printed = meta(shop)
    assert 'default_base_url = "https://shop.example/api"' in printed
    assert "    v2: OtherClient\n" in printed
