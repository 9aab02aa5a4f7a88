"""Finds and parses a file of variables: JSON, YAML (CONFIG-g11), or lines of ``NAME=value`` (ENV-4)."""

from __future__ import annotations

import errno
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

EXPORT = re.compile(r"^export\s+")


def find(file: str | os.PathLike[str], declaring: str) -> Path:
    """The path of the file; a relative one starts at the working directory, then at the project's (ENV-9).

    ``declaring`` is the name of the module that declares the ``Env``. Raises FileNotFoundError that names the places
    searched.
    """
    path = Path(file).expanduser()
    places = [Path.cwd() / path]
    project = project_directory(declaring)
    if project is not None and project / path not in places:
        places.append(project / path)
    for place in places:
        if place.exists():
            return place
    looked = " nor at ".join(map(str, places))
    raise FileNotFoundError(errno.ENOENT, f"there is no file of variables at {looked}", os.fspath(file))


def project_directory(declaring: str) -> Path | None:
    """The project directory of the service; before there is one, the directory that ``declaring`` is imported from."""
    from utilmeta.conf.current import current

    try:
        return current().project_directory
    except ImportError:
        module = sys.modules.get(declaring)
    if module is None or getattr(module, "__file__", None) is None:
        return None
    spec = getattr(module, "__spec__", None)
    depth = (spec.name if spec else declaring).count(".") + hasattr(module, "__path__")
    return Path(str(module.__file__)).resolve().parents[depth]


def read(path: Path) -> dict[str, Any]:
    """The variables of a file by name, as spelled there. Raises ValueError with file and line, and no value (ENV-9)."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start
    else:
        return READERS.get(path.suffix.lower(), read_lines)(path, text)
    raise broken(path, data.count(b"\n", 0, at) + 1, "it is not UTF-8")


def read_json(path: Path, text: str) -> dict[str, Any]:
    """The variables of a JSON object. Raises ValueError as ``read`` does."""
    try:
        held = json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        line, reason = error.lineno, f"it is not JSON: {error.msg}"
    except Twice as error:
        line, reason = line_of(text, error.name), f"{error.name} is given twice"
    except (RecursionError, ValueError):
        line, reason = 1, "it is JSON that nests too deeply, or has a number of too many digits"
    else:
        if isinstance(held, dict):
            return held
        line = text.count("\n", 0, len(text) - len(text.lstrip())) + 1
        reason = "it is JSON, but no object of variables by their names"
    raise broken(path, line, reason)


def read_yaml(path: Path, text: str) -> dict[str, Any]:
    """The variables of a YAML mapping, of plain values alone. Raises ValueError as ``read`` does, and ImportError that
    says what to install where PyYAML is not."""
    try:
        from utilmeta.conf.yaml_file import load
    except ModuleNotFoundError as error:
        if error.name != "yaml":
            raise
        raise ImportError(f"{path} is YAML, which needs PyYAML: pip install pyyaml", name="yaml") from None
    held, line, reason = load(text)
    if reason:
        raise broken(path, line, reason)
    return held


class Twice(ValueError):
    """A JSON object has two members of one name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """The members of a JSON object as a dict. Raises Twice for a repeated name."""
    held: dict[str, Any] = {}
    for name, value in members:
        if name in held:
            raise Twice(name)
        held[name] = value
    return held


def line_of(text: str, name: str) -> int:
    """The number of the last line of ``text`` that has a JSON member of this name."""
    return text.count("\n", 0, max(text.rfind(json.dumps(name)), 0)) + 1


def read_lines(path: Path, text: str) -> dict[str, str]:
    """The variables of lines ``NAME=value`` (ENV-4b). Raises ValueError as ``read`` does."""
    held: dict[str, str] = {}
    lines: dict[str, int] = {}
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        line = line.strip()
        if not line or line[0] in "#;" or (line[0] == "[" and line[-1] == "]"):
            continue
        name, equals, value = line.partition("=")
        name = EXPORT.sub("", name.strip())
        if not equals or not name or len(name.split()) != 1:
            raise broken(path, number, "it reads no NAME=value; a value takes one line")
        if name in held:
            raise broken(path, number, f"{name} is given twice, on line {lines[name]} too")
        held[name], lines[name] = unquoted(value.strip()), number
    return held


def unquoted(value: str) -> str:
    """``value`` without the quotes around it, if any."""
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def broken(path: Path, line: int, reason: str) -> ValueError:
    """The error of a file that cannot be parsed."""
    return ValueError(f"{path}, line {line}: {reason}")


READERS = {".json": read_json, ".yaml": read_yaml, ".yml": read_yaml}
"""How a file is read, by its suffix; without one of these as lines (ENV-4c)."""
