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
        there = {"server.py": self.server, **{name.replace("__", "/"): text for name, text in files.items()}}
        if ini is not None:
            there["meta.ini"] = ini
        return steps_in(self.target, there, *steps)

    def answers(self, told: Mapping[str, Any]) -> bool:
        """Whether an answer is the word."""
        return bool(told["answered"]) and told["text"].strip('"') == self.word


def steps_in(target: Target, files: Mapping[str, str], *steps: Mapping[str, Any]) -> list[Any]:
    """What each step gives, in a folder with these files."""
    found: list[Any] = target.probe(
        "cli_commands", "steps", files=dict(files), steps=[dict(step) for step in steps]
    ).value
    return found


def called(*arguments: str, **more: Any) -> dict[str, Any]:
    """The step that calls the command with these arguments."""
    return {"do": "command", "arguments": list(arguments), **more}
