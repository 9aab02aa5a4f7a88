"""CLI: the client that `meta gen_client` writes, imported where the service is not, and its service called."""

from __future__ import annotations

import json
from typing import Any

from conformance.checks.cli_project import Project, called
from conformance.checks.client_probe import sent
from conformance.checks.random_values import number, word
from conformance.contract.check import must
from conformance.services.peer import Peer
from conformance.services.peer_replies import reply
from conformance.target.target import Target

INI = "[utilmeta]\nmain = server.py\nservice = server:service\npidfile = kept.pid\n"

CALL = """
import json, client
from utilmeta.core.cli import Client

(cls,) = [each for each in vars(client).values() if isinstance(each, type) and hasattr(each, "word")]
answer = cls(base_url={url!r}).word()
print(json.dumps([issubclass(cls, Client), answer.status, answer.data]))
"""

SHOP = """from dataclasses import dataclass
from typing import Dict, List, Optional, Union

from utilmeta.core import request
from utilmeta.core.response import Response


@dataclass
class Tag:
    text: str
    size: int = 0


@dataclass
class Item:
    name: str
    tags: List[Tag]
    best: Optional[Tag] = None
    sold: bool = False


class Missing(Response):
    status = 404


class RootAPI(api.API):
    @api.get("item/{id}")
    def item(
        self,
        id: int,
        size: int = 1,
        text: str = request.QueryParam("the-text", default="a"),
        flag: bool = True,
        note: str = request.HeaderParam("X-Note", default="none"),
    ) -> Dict[str, str]:
        return {"id": repr(id), "size": repr(size), "text": repr(text), "flag": repr(flag), "note": repr(note)}

    @api.post
    def items(self, data: List[Item] = request.Body) -> List[Item]:
        return data

    @api.get
    def missing(self) -> Union[Item, Missing]:
        return Missing({"why": ""})

    @api.get
    def nothing(self, what: str) -> Optional[bool]:
        return {"none": None, "false": False}[what]

"""
USE = """
import inspect, json, client, awaited

shop = client.ShopClient()
data = json.loads({data!r})
first = shop.items(data=data).result[0]
told = dict(
    item=shop.item(id=0, size=0, text="", flag=False, note={note!r}).result,
    items=[first.name, first.tags[0].text, first.tags[0].size, first.best, first.sold],
    missing=[shop.missing().status, shop.missing().data],
    nothing=[shop.nothing(what="none").result, shop.nothing(what="false").result],
)
coroutine = awaited.Other().nothing(what="none")
told["awaited"] = inspect.isawaitable(coroutine)
coroutine.close()
print(json.dumps(told))
"""


def written(told: Any) -> Any:
    """What the code of a step wrote, as JSON; AssertionError where it failed."""
    assert told["errors"] == "" or told["status"] == 0, told["errors"]
    return json.loads(told["output"])


@must("CLI-g12", kills=("cli_gen_client_without_functions", "cli_gen_client_prints_alone"))
def test_gen_client_writes_a_client_of_the_service(target: Target) -> None:
    project = Project(target)
    with Peer(target.host, lambda request: reply(project.word)) as server:
        code = CALL.format(url=f"{server.origin}/api")
        made, told = project.steps(
            called("gen_client", "--to=client.py"),
            {"do": "apart", "code": code, "names": ["client.py"]},
            ini=INI,
            **{"client.py": ""},
        )
    assert made["status"] == 0, made["output"]
    assert written(told) == [True, 200, project.word]
    assert sent(server) == [("GET", "/api/word")]


@must(
    "CLI-7",
    kills=(
        "cli_gen_client_without_aliases",
        "cli_gen_client_results_as_they_are",
        "cli_gen_client_imports_the_service",
        "cli_gen_client_with_its_process",
        "cli_gen_client_async_ignored",
    ),
)
def test_the_client_answers_as_one_written_by_hand(target: Target) -> None:
    project, name, note, size = Project(target), word(), word(), number()
    project.server = project.server.replace("class RootAPI(api.API):\n", SHOP)
    data = json.dumps([{"name": "", "tags": [{"text": name, "size": 0}], "best": None, "sold": False}])
    made, printed, other, begun, answer, told = project.steps(
        called("gen_client", "--to=client.py", "--class=ShopClient"),
        called("gen_client", "--class=ShopClient"),
        called("gen_client", "--to", "awaited.py", "--class=Other", "--async"),
        called("run", "-d"),
        {"do": "ask", "url": project.url},
        {"do": "apart", "code": USE.format(data=data, note=f"{note}{size}"), "names": ["client.py", "awaited.py"]},
        ini=INI,
        **{"client.py": "", "awaited.py": ""},
    )
    assert [each["status"] for each in (made, printed, other)] == [0, 0, 0], made["output"] + other["output"]
    assert made["files"]["client.py"] in printed["output"]
    assert project.answers(answer), begun["output"]
    item = {"id": "0", "size": "0", "text": "''", "flag": "False", "note": repr(f"{note}{size}")}
    assert written(told) == {
        "item": item,
        "items": ["", name, 0, None, False],
        "missing": [404, {"why": ""}],
        "nothing": [None, False],
        "awaited": True,
    }


OWN = """from typing import Any


class Own:
    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        return handler(int)


class RootAPI(api.API):
    @api.get
    def refused(self, parameter: Own) -> int:
        return 0

"""
# A text that is code where it is written as it is, and an end of each kind of literal.
CODE = "'; \"; '''; \"\"\"\nraise SystemExit({word!r}) #\n\\"
TEXTS = """import enum

from utilmeta.core import request

Kind = enum.Enum("Kind", {{"class": {code!r}, "a b": "b"}})


class RootAPI(api.API):
    @api.get
    def texts(self, kind: Kind, text: str = request.QueryParam({code!r}, default={code!r})) -> str:
        return text

    texts.__doc__ = {code!r}

"""


@must("CLI-8", kills=("cli_gen_client_of_what_cannot_be_written", "cli_gen_client_empties_the_file"))
def test_what_cannot_be_written_is_an_error_that_names_it(target: Target) -> None:
    project, before = Project(target), f"kept = {word()!r}\n"
    project.server = project.server.replace("class RootAPI(api.API):\n", OWN)
    (told,) = project.steps(called("gen_client", "--to=client.py"), ini=INI, **{"client.py": before})
    assert told["status"] not in (0, None), told["output"]
    assert [name for name in ("refused", "parameter") if name not in told["output"]] == [], told["output"]
    assert told["files"]["client.py"] == before


@must("CLI-8", kills=("cli_gen_client_docstrings_as_they_are", "cli_gen_client_names_as_they_are"))
def test_texts_of_the_service_are_data(target: Target) -> None:
    project, code = Project(target), CODE.format(word=word())
    project.server = project.server.replace("class RootAPI(api.API):\n", TEXTS.format(code=code))
    made, told = project.steps(
        called("gen_client", "--to=client.py"),
        {"do": "apart", "code": "import client; print('\"imported\"')", "names": ["client.py"]},
        ini=INI,
        **{"client.py": ""},
    )
    assert made["status"] == 0, made["output"]
    assert written(told) == "imported"
