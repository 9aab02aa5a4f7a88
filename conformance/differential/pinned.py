"""Pinned examples: messages on which variants once disagreed; every run sends them again (BACKEND-7)."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from conformance.differential.equivalence import VERSION, Outcome
from conformance.differential.message import Message
from conformance.foundation.exceptions import BadUsage

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parent / "pinned"


@dataclass(frozen=True)
class Pinned:
    """A message and its expected outcome. `why` says how variants disagreed."""

    name: str
    message: Message
    expected: Outcome
    why: str

    def write(self, folder: Path = FOLDER) -> Path:
        """Write the example to a file of its own; each character of its texts is a byte."""
        headers = [[name, value] for name, values in self.expected.headers for value in values]
        document: dict[str, Any] = {
            "equivalence": VERSION,
            "why": self.why,
            "scenario": self.message.scenario,
            "sent": self.message.data.decode("latin-1"),
            "kind": self.expected.kind,
            "headers": headers,
            "body": self.expected.body.decode("latin-1"),
        }
        file = folder / f"{self.name}.toml"
        file.write_bytes(tomli_w.dumps(document).encode())
        return file


def pin(message: Message, expected: Outcome, why: str) -> Pinned:
    """Make a pinned example, named by a hash of its bytes."""
    return Pinned(f"{message.scenario}-{hashlib.sha256(message.data).hexdigest()[:8]}", message, expected, why)


def pinned(folder: Path = FOLDER) -> Iterator[Pinned]:
    """Return all pinned examples by name. Raises BadUsage for a file that cannot be read, or was written for another
    version of the equivalence."""
    for file in sorted(folder.glob("*.toml")):
        try:
            document = tomllib.loads(file.read_text(encoding="utf-8"))
            found: dict[str, list[str]] = {}
            for name, value in document["headers"]:
                found.setdefault(name, []).append(value)
            headers = tuple(sorted((name, tuple(values)) for name, values in found.items()))
            expected = Outcome(document["kind"], headers, document["body"].encode("latin-1"))
            message = Message(document["scenario"], document["sent"].encode("latin-1"))
            version, why = document["equivalence"], document["why"]
        except (tomllib.TOMLDecodeError, KeyError, ValueError, AttributeError) as error:
            raise BadUsage(f"{file} is no pinned example: {error!r}. Delete it, or pin the example anew.") from error
        if version != VERSION:
            raise BadUsage(
                f"{file} was pinned under version {version} of the equivalence, which is {VERSION} now. Read "
                "again what it expects, and say so in it."
            )
        yield Pinned(file.stem, message, expected, why)
