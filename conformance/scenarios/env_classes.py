"""Probe: classes of environment variables, case by case; it returns what an instance holds, or the error.

A case's class is `Variables` of a module in the folder `project`; its files lie beside that, in `work`, which is the
working directory, or in `server`, where the module of a service lies if the case has one. They go with the case.
"""

import contextlib
import importlib
import os
import sys
import tempfile
import traceback

from scenario import ASYNCHRONOUS, BACKEND, described

MODULE = """from typing import Dict, List, Literal, Optional

from utilmeta.conf import Env


class Variables(Env):
    {}
"""
SERVER = """from utilmeta import UtilMeta

service = UtilMeta(__name__, name="server", backend={!r}, asynchronous={!r}, production=False)
"""


def read(cases):
    """What each case comes to, by its name; those with a service last, for there is one service in a process."""
    sys.dont_write_bytecode = True
    with tempfile.TemporaryDirectory() as folder:
        for place in ("project", "current", "server"):
            os.mkdir(os.path.join(folder, place))
            sys.path.insert(0, os.path.join(folder, place))
        modules = {name: f"case_{number}" for number, name in enumerate(cases)}
        for name, module in modules.items():
            body = "\n    ".join(cases[name].pop("declares").splitlines() or ["pass"])
            write(os.path.join(folder, "project", f"{module}.py"), MODULE.format(body))
        write(os.path.join(folder, "server", "server_of_probe.py"), SERVER.format(BACKEND, ASYNCHRONOUS))
        os.chdir(os.path.join(folder, "current"))
        try:
            order = sorted(cases, key=lambda name: cases[name]["service"])
            return {name: outcome(modules[name], folder, **cases[name]) for name in order}
        finally:
            os.chdir(os.sep)


def outcome(module, folder, *, environment, files, options, reads, service):
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        for path, text in files.items():
            write(os.path.join(folder, path), text)
        if service:
            importlib.import_module("server_of_probe")
        variables = importlib.import_module(module).Variables
        env = variables(**{name: in_folder(value, folder) for name, value in options.items()})
        return {
            "values": {name: getattr(env, name) for name in reads},
            "texts": [repr(env), str(env)],
            "changed": [name for name in reads if changes(env, name)],
        }
    except Exception as error:  # noqa: BLE001 - it is what the check asks about
        told = described(error)
        return {
            **told,
            "message": told["message"].replace(folder, ""),
            "traceback": "".join(traceback.format_exception(type(error), error, error.__traceback__, limit=-1)),
        }
    finally:
        os.environ.clear()
        os.environ.update(before)
        for path in files:
            os.remove(os.path.join(folder, path))


def write(path, text):
    """The text as it is, line ends and all; half of a surrogate pair stands for a byte that is no UTF-8."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as target:
        target.write(text.encode("utf-8", "surrogateescape"))


def in_folder(value, folder):
    return value.replace("FOLDER", folder) if isinstance(value, str) else value


def changes(env, name):
    """Whether an attribute takes another value."""
    before = getattr(env, name)
    with contextlib.suppress(Exception):  # that it is refused, and not how, is what the check asks about
        setattr(env, name, ["changed", before])
    return getattr(env, name) != before
