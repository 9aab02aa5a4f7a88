"""Checks that the optional packages a service needs are installed, and installs missing ones in development.

Only packages of the table below are ever installed, and only where a person starts the service: by running its module
(``python server.py``) or a command of UtilMeta, outside production (PREFERENCE-10c). Under an external server, in a
worker process and where it is disabled (PREFERENCE-10b), a missing package is an error that says what to install.
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

# The requirement that pip installs for each module.
REQUIREMENTS: Mapping[str, str] = {
    "a2wsgi": "a2wsgi>=1.10,<2",
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
    """See that ``module``, of the table, can be imported, and install it where that is allowed (PREFERENCE-10).

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
    """The reason why nothing may be installed for a service now; empty where it may be."""
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


_by_command = False


def by_command() -> None:
    """Note that this process runs a command of UtilMeta."""
    global _by_command
    _by_command = True


def started_by_hand(state: ServiceState) -> bool:
    """Whether this process runs the service's module, or a command of UtilMeta.

    A frozen program does not count, as its executable cannot run pip.
    """
    return (
        (state.service.module_name == "__main__" or _by_command) and bool(sys.executable) and not hasattr(sys, "frozen")
    )


def install(module: str, command: Sequence[str]) -> None:
    """Run pip for INSTALL_SECONDS at most. Raises DependencyMissing with the command and the end of its output."""
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
    """Run a command without input and return its exit status; its processes are killed where the wait is interrupted.

    Raises subprocess.TimeoutExpired after INSTALL_SECONDS.
    """
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
