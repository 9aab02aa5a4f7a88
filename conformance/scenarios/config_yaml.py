"""Probes: classes of variables that read YAML files; whether anything of a file was run."""

import importlib.util
import os
import sys
import tempfile
from typing import Dict, Optional, Tuple

from scenario import described
from utilmeta.conf import Env

RUN = []  # what a file has had called


class Scalars(Env):
    WORD: str
    NUMBER: int = 7
    RATIO: float = 0.5
    FLAG: bool = True
    NOTHING: Optional[str] = "set"


def collections():
    """A class of variables that has lists and mappings, too."""

    class Variables(Scalars):
        ITEMS: Tuple[int, ...] = (1,)
        PARTS: Optional[Dict[str, str]] = None

    return Variables


def installed():
    """Whether PyYAML is there."""
    return importlib.util.find_spec("yaml") is not None


def call(word):
    RUN.append(word)
    return word


def read(texts, suffix, scalars=False):
    """What each text of a YAML file holds, for variables that are scalars alone where that is said, or raises: the
    names of the error's classes, its message, and what was called."""
    found, cls = {}, Scalars if scalars else collections()
    names = [name for base in reversed(cls.__mro__) for name in vars(base).get("__annotations__", ()) if name.isupper()]
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            path = os.path.join(folder, f"variables{suffix}")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            RUN.clear()
            try:
                env = cls(file=path)
                found[name] = {"values": {key: getattr(env, key) for key in names}}
            except Exception as error:  # noqa: BLE001 - it is what the check asks about
                told = described(error)
                found[name] = {**told, "message": told["message"].replace(folder, "")}
            found[name]["run"] = list(RUN)
    return found


def without_library(text, suffix):
    """What `read` finds where PyYAML cannot be imported."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "yaml"]:
        del sys.modules[name]
    sys.modules["yaml"] = None
    return read({"alone": text}, suffix)["alone"]
