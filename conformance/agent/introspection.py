"""What the agent finds in its interpreter: the distribution, the framework, and whether that framework serves."""

import functools
import importlib
import importlib.metadata
import importlib.util
import inspect
import mmap
import os
import platform
import sys
from collections.abc import Callable, Sequence
from typing import Any

DISPATCHES = 8  # bytes: a little-endian count of the calls of the framework's dispatch


class Unprepared(Exception):
    """The interpreter cannot be judged; `kind` selects the message of the harness."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def providers(package: str) -> list[dict[str, str]]:
    """Return name and version of every installed distribution that provides the import package."""
    found = {}
    for distribution in importlib.metadata.distributions():
        top_level = (distribution.read_text("top_level.txt") or "").split()
        if package in top_level or any(
            len(file.parts) == 2 and file.parts[0] == package and file.name == "__init__.py"
            for file in distribution.files or ()
        ):
            found[distribution.metadata["Name"]] = distribution.version
    return [{"name": name, "version": version} for name, version in sorted(found.items())]


def prepare(order: dict[str, Any]) -> dict[str, Any]:
    """Import what every service of this backend needs, so that forks have it; return what was found.

    Raises Unprepared for an interpreter without the implementation, with two of them, or without the framework.
    """
    provided = providers(order["package"])
    if len(provided) > 1:
        names = " and ".join(f"{entry['name']} {entry['version']}" for entry in provided)
        raise Unprepared("two-implementations", f"{names} both provide `{order['package']}`")
    if importlib.util.find_spec(order["package"]) is None:
        raise Unprepared("no-implementation", f"no distribution provides `{order['package']}`")
    try:
        importlib.import_module(order["framework"])
    except ImportError as error:
        raise Unprepared("no-framework", f"{order['framework']} cannot be imported: {error}") from error
    for name in order["preload"]:
        try:
            importlib.import_module(name)
        except Exception as error:  # noqa: BLE001 - whatever it is, the service that needs the module says so itself
            sys.stderr.write(f"not preloaded: {name}: {error!r}\n")
    count_dispatches(order["dispatch"])
    return {
        "distributions": provided,
        "python": platform.python_version(),
        "versions": versions(order["stamps"]),
        "lacks": [name for name in order["libraries"] if not is_installed(name)],
    }


def inspect_environment(order: dict[str, Any]) -> dict[str, Any]:
    """Return what is installed, without importing it: the distributions that provide the package, whether it can be
    found, and which modules cannot."""
    lacking = [name for name in order["modules"] if not is_installed(name)]
    found = is_installed(order["package"])
    return {"distributions": providers(order["package"]), "found": found, "lacks": lacking}


def is_installed(module: str) -> bool:
    """Whether a module that is in no package can be found."""
    try:
        return importlib.util.find_spec(module) is not None
    except ImportError:  # raised by a finder of the implementation's
        return False
    except ValueError:  # of a module that was put into sys.modules by hand
        return True


def versions(distributions: Sequence[str]) -> dict[str, str]:
    """Return the versions of those `distributions` that are installed."""
    found = {}
    for name in distributions:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


_counter: mmap.mmap | None = None


def share_counter(path: str) -> None:
    """Count calls of the framework's dispatch in the file at `path` from now on."""
    global _counter
    with open(path, "wb") as file:
        file.write(bytes(DISPATCHES))
    descriptor = os.open(path, os.O_RDWR)
    _counter = mmap.mmap(descriptor, DISPATCHES)
    os.close(descriptor)


def _count() -> None:
    if _counter is not None:
        _counter[:] = (int.from_bytes(_counter[:], "little") + 1).to_bytes(DISPATCHES, "little")


def count_dispatches(path: str) -> None:
    """Wrap `module:qualified.name`, the callable that serves every request of the framework, so that its calls are
    counted."""
    module_name, _, qualified = path.partition(":")
    owner: Any = importlib.import_module(module_name)
    *parents, name = qualified.split(".")
    for parent in parents:
        owner = getattr(owner, parent)
    setattr(owner, name, _counted(getattr(owner, name)))


# How a parameter of each kind is passed on by a function that has the same one.
_FORMS: dict[Any, str] = {
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "{}",
    inspect.Parameter.KEYWORD_ONLY: "{0}={0}",
    inspect.Parameter.VAR_POSITIONAL: "*{}",
    inspect.Parameter.VAR_KEYWORD: "**{}",
}


def _counted(original: Callable[..., Any]) -> Callable[..., Any]:
    """A function of the same kind and the same parameters: servers look at both (uvicorn takes what can be called with
    nothing for a factory)."""
    parameters = inspect.signature(original).parameters.values()
    taken = ", ".join(str(parameter.replace(annotation=parameter.empty)) for parameter in parameters)
    given = ", ".join(_FORMS[parameter.kind].format(parameter.name) for parameter in parameters)
    prefix, wait = ("async ", "await ") if inspect.iscoroutinefunction(original) else ("", "")
    source = f"{prefix}def counted({taken}):\n    count()\n    return {wait}original({given})"
    names = {"count": _count, "original": original}
    exec(source, names)
    return functools.wraps(original)(names["counted"])


def class_name(value: type) -> str:
    """Return `module.Qualified` of a class."""
    return f"{value.__module__}.{value.__qualname__}"


def classes(value: object) -> list[str]:
    """Return the names of an object's class and all its bases, most derived first."""
    return [class_name(base) for base in type(value).__mro__]
