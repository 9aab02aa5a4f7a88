"""The optional packages that a service may need: known ones, in this table and nowhere else.

What a user or a request names is never looked for here. One that is missing is installed where a person starts a
service and is told so: by running its module (``python server.py``) or a command of UtilMeta's, before it serves,
outside production (PREFERENCE-10a). An external server imports that module under another name, as does a worker
process; there, and wherever it is disabled (PREFERENCE-10b), what is missing is an error that says what to install.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import logging
import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from typing import IO, TYPE_CHECKING

from utilmeta.conf.preference import Preference
from utilmeta.core.errors.notify import tell
from utilmeta.utils.exceptions import DependencyMissing

if TYPE_CHECKING:
    from utilmeta.core.server.state import ServiceState

# What pip installs for a module that is imported.
REQUIREMENTS: Mapping[str, str] = {
    "django": "django>=4.2,<7",
    "psycopg": "psycopg[binary]>=3.1.8,<4",
    "psycopg_pool": "psycopg-pool>=3.2,<4",
    "redis": "redis>=5,<8",
    "uvicorn": "uvicorn>=0.30,<1",
}

DISABLED = "UTILMETA_DEPENDENCIES_AUTO_INSTALL_DISABLED"
FALSE = ("", "0", "false", "no", "off")

INSTALL_SECONDS = 300.0
SHOWN = 2000  # characters of pip's output in an error, the last ones


def require(module: str, state: ServiceState) -> None:
    """See that a module of the table can be imported, in ``setup()``, ``run()`` or a command; install it if it may be.

    Raises DependencyMissing with the pip command, KeyError for a module that is not in the table.
    """
    requirement = REQUIREMENTS[module]
    if importlib.util.find_spec(module) is not None:
        return
    reason = why_not(state)
    if reason:
        raise DependencyMissing(
            f"{module} is not installed, and {reason}; install it with: pip install '{requirement}'"
        )
    # Isolated (-I): otherwise a pip.py of the working directory would be run in pip's place (SECURITY-15a).
    install(module, [sys.executable, "-I", "-m", "pip", "install", "--no-input", requirement])


def why_not(state: ServiceState) -> str:
    """Why nothing is installed for this service now; nothing where it is."""
    preference = state.get_config(Preference)
    if preference is not None and preference.dependencies_auto_install_disabled:
        return "the preference dependencies_auto_install_disabled is set"
    if os.environ.get(DISABLED, "").strip().lower() not in FALSE:
        return f"the variable {DISABLED} is set"
    if state.production:
        return "in production nothing is installed"
    if state.lifecycle.started:
        return "nothing is installed while requests are served"
    if not started_by_hand(state):
        return "it is installed only where a person runs the service's module or a command"
    return ""


def started_by_hand(state: ServiceState) -> bool:
    """Whether this process was started by running the service's module, or a command of UtilMeta's.

    A frozen program is no interpreter that pip could be run with.
    """
    specification = getattr(sys.modules.get("__main__"), "__spec__", None)
    command = specification is not None and specification.name == "utilmeta.__main__"
    return (state.service.module_name == "__main__" or command) and bool(sys.executable) and not hasattr(sys, "frozen")


def install(module: str, command: Sequence[str]) -> None:
    """Run pip, within INSTALL_SECONDS. Raises DependencyMissing with the command and the end of its output."""
    shown = shlex.join(command)
    tell(logging.WARNING, f"{module} is not installed; running: {shown}")
    with tempfile.TemporaryFile() as output:
        try:
            status: int | str = run(command, output)
        except subprocess.TimeoutExpired:
            status = f"a timeout after {INSTALL_SECONDS:g} s"
        except OSError as error:
            status = str(error)
        importlib.invalidate_caches()
        if status == 0 and importlib.util.find_spec(module) is not None:
            return
        output.seek(0)
        end = output.read().decode(errors="replace")[-SHOWN:].strip()
    raise DependencyMissing(f"{module} is not installed, and `{shown}` ended with {status} without it:\n{end}")


def run(command: Sequence[str], output: IO[bytes]) -> int:
    """The exit status of a command that asks nobody; whatever ends the waiting ends all its processes."""
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
    ) as process:
        try:
            return process.wait(INSTALL_SECONDS)
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                if hasattr(os, "killpg"):
                    os.killpg(process.pid, signal.SIGKILL)
                else:
                    process.kill()
            raise
