"""Projects that the checks of CLI give to the command, and what it did in them (scenario cli_commands.py)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.foundation import loopback, seeded_random
from conformance.target.target import Target

SERVER = """from utilmeta import UtilMeta
from utilmeta.core import api


class RootAPI(api.API):
    @api.get
    def word(self):
        return WORD


WORD = {word!r}
service = UtilMeta(
    __name__,
    name="served",
    backend={{BACKEND!r}},
    asynchronous={{ASYNCHRONOUS!r}},
    production=False,
    host={host!r},
    port={port},
    api=RootAPI,
    route="/api",
)
{more}
app = service.application()

if __name__ == "__main__":
    service.run()
"""


class Project:
    """A project whose service answers a random word at an address of its own."""

    def __init__(self, target: Target, more: str = "") -> None:
        self.target = target
        self.word = seeded_random.word()
        port = loopback.free_port(target.host)
        self.url = f"http://{target.host}:{port}/api/word"
        self.server = SERVER.format(word=self.word, host=target.host, port=port, more=more)

    def steps(self, *steps: Mapping[str, Any], ini: str | None, **files: str) -> list[Any]:
        """What each step gives, in a folder with server.py, and with `ini` as meta.ini unless it is None."""
        return steps_in(self.target, self.files(ini, **files), *steps)

    def files(self, ini: str | None, **more: str) -> dict[str, str]:
        """The files of the folder: server.py, meta.ini and more, in whose names `__` stands for a slash."""
        found = {"server.py": self.server, **{name.replace("__", "/"): text for name, text in more.items()}}
        return found if ini is None else {**found, "meta.ini": ini}

    def answers(self, told: Mapping[str, Any]) -> bool:
        """Whether an answer is the word."""
        return bool(told["answered"]) and told["text"].strip('"') == self.word


def steps_in(target: Target, files: Mapping[str, str], *steps: Mapping[str, Any]) -> list[Any]:
    """What each step gives, in a folder with these files."""
    found: list[Any] = target.probe(
        "cli_commands", "steps", files=dict(files), steps=[dict(step) for step in steps]
    ).value
    return found


def each_in(target: Target, cases: Mapping[str, tuple[Mapping[str, str], Mapping[str, Any]]]) -> dict[str, Any]:
    """What the one step of each case gives, in a folder with its files."""
    told = [{"files": dict(files), "steps": [dict(step)]} for files, step in cases.values()]
    found = target.probe("cli_commands", "several", cases=told).value
    return {name: given for name, (given,) in zip(cases, found, strict=True)}


def called(*arguments: str, **more: Any) -> dict[str, Any]:
    """The step that calls the command with these arguments."""
    return {"do": "command", "arguments": list(arguments), **more}
