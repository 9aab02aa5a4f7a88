"""Python interpreters of implementations: virtual environments made with venv and pip, or existing ones."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from conformance.foundation import locking
from conformance.foundation.exceptions import InterpreterMissing
from conformance.target.implementation import Implementation

ENVIRONMENTS = Path(".environments")  # in the working directory, as reports/ is
INSTALL_SECONDS = 900
_LEFT = {"__pycache__", "build", "dist", "node_modules", "reports"}  # folders that a build or a run leaves in a project
_INFO = ".egg-info"
_log = logging.getLogger(__name__)
STARTUP = Path(__file__).parents[1] / "agent" / "startup"
# What is judged may install packages while it runs; what it then did would be of a day's index, not of its own version.
_WITHOUT_INDEX = {
    "PIP_NO_INDEX": "1",
    "PIP_CONFIG_FILE": os.devnull,  # then pip reads no other one either
    "UV_OFFLINE": "1",
    "UV_NO_INDEX": "1",
    "UV_NO_CONFIG": "1",
}


def ready(
    implementation: Implementation, say: Callable[[str], None] = _log.info, environments: Path = ENVIRONMENTS
) -> Path:
    """Return the path of the implementation's interpreter; make its environment with venv and pip if it is missing.

    An environment is made anew when what is to be installed changes, also the files of a local project, or the Python
    that makes it; `say` is then told, because it takes a while. Raises InterpreterMissing with the end of pip's output.
    """
    if implementation.executable is not None:
        found = shutil.which(implementation.executable)
        if found is None:
            raise InterpreterMissing(
                f"{implementation.file}: interpreter.executable {implementation.executable} cannot be run."
            )
        return Path(found)
    named = implementation.environment or implementation.name
    folder = environments.resolve() / f"{named}-py{sys.version_info[0]}.{sys.version_info[1]}"
    executable = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    stamp = folder / "made-from"
    wanted = fingerprint(implementation)
    environments.mkdir(parents=True, exist_ok=True)
    _require_trusted(environments)
    with locking.locked(Path(f"{folder}.lock"), INSTALL_SECONDS):
        if not (stamp.is_file() and stamp.read_text() == wanted and executable.exists()):
            builds = "".join(
                f", with build {build} of {project}" for project, build in builds_of(implementation).items()
            )
            say(f"making the environment of {implementation.name} in {folder}{builds}")
            shutil.rmtree(folder, ignore_errors=True)
            _run([sys.executable, "-I", "-m", "venv", str(folder)], implementation)
            _run([str(executable), "-I", "-m", "pip", "install", "--quiet", *implementation.install], implementation)
            stamp.write_text(wanted)
    return executable


def _require_trusted(folder: Path) -> None:
    """What is in there is run, so it has to be this user's. Raises InterpreterMissing."""
    status = folder.stat()
    if status.st_uid != os.geteuid() or status.st_mode & stat.S_IWOTH:
        raise InterpreterMissing(
            f"{folder.resolve()} belongs to another user, or every user may write to it, and the interpreters in it "
            "are run: judge from a folder of yours."
        )


def environment(implementation: Implementation) -> dict[str, str]:
    """Return the environment variables of the implementation's interpreter: those of this process without what would
    mislead it, and with package indexes switched off for pip and uv."""
    variables = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(
            ("PYTHON", "SCENARIO_", "CONFORMANCE_", "PYTEST", "COV_", "SANIC_", "FLASK_", "WERKZEUG_", "PIP_", "UV_")
        )
        and name not in {"VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE", "NO_PROXY", "no_proxy"}
        and not name.lower().endswith("_proxy")
    }
    variables |= _WITHOUT_INDEX
    path = [str(entry) for entry in implementation.path]
    if implementation.names:
        variables["CONFORMANCE_NAMES"] = json.dumps(dict(implementation.names))
        path.insert(0, str(STARTUP))
    if path:
        variables["PYTHONPATH"] = os.pathsep.join(path)
    if os.environ.get("CONFORMANCE_SPAWN"):
        variables["CONFORMANCE_SPAWN"] = os.environ["CONFORMANCE_SPAWN"]
    return variables


def builds_of(implementation: Implementation) -> dict[Path, str]:
    """Return the local projects that are installed, not as editable, with a digest of their files: what is judged is
    that build, and another one is installed when the files have changed."""
    arguments = zip(("", *implementation.install), implementation.install, strict=False)
    projects = [
        Path(argument.partition("[")[0]) for before, argument in arguments if before not in ("-e", "--editable")
    ]
    return {project: _digest(project) for project in projects if project.is_file() or _is_project(project)}


def _is_project(folder: Path) -> bool:
    return any((folder / name).is_file() for name in ("pyproject.toml", "setup.py"))


def _digest(project: Path) -> str:
    """Digest of a file, or of the files of a folder but for those that a build or a run leaves there."""
    digest = hashlib.sha256()
    folders = [(str(project.parent), [], [project.name])] if project.is_file() else os.walk(project)
    for folder, below, files in folders:
        below[:] = sorted(name for name in below if not (name.startswith(".") or name in _LEFT or name.endswith(_INFO)))
        for name in sorted(files):
            file = Path(folder, name)
            if file.is_file():
                content = hashlib.sha256(file.read_bytes()).hexdigest()
                digest.update(f"{file.relative_to(project.parent)}\0{content}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:12]


def fingerprint(implementation: Implementation) -> str:
    """Return a digest of all that an environment is made from: Python, pip's arguments, the files of local projects."""
    parts = [sys.version, *implementation.install, *builds_of(implementation).values()]
    for argument in implementation.install:
        project = Path(argument.partition("[")[0]) / "pyproject.toml"
        if project.is_file():
            parts.append(project.read_text(encoding="utf-8"))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _run(command: list[str], implementation: Implementation) -> None:
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            output, _ = process.communicate(timeout=INSTALL_SECONDS)
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        raise InterpreterMissing(
            f"The environment of {implementation.name} cannot be made: `{' '.join(command)}` ended with "
            f"{process.returncode}.\n{output[-2000:]}"
        )
