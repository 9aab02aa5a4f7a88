"""Restarts a service when its code changes: ``UtilMeta(auto_reload=True)``, outside production (CONFIG-g1).

The process that the user started serves nothing: it looks at files twice a second, and runs the same command in a
child, which serves. On a change the child is ended by SIGTERM, so that its shutdown hooks run, and another is started.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn

PAUSE = 0.5  # seconds
STOP = 30.0  # seconds after which a child that does not end is killed
PARENT = "UTILMETA_RELOADER"  # the variable with the process that started a child
OTHERS = ("__pycache__", "node_modules", "site-packages")  # folders whose files are not the project's own
# Where Python and the packages of its environment are.
INSTALLED = tuple({f"{sysconfig.get_path(name)}{os.sep}" for name in ("stdlib", "platstdlib", "purelib", "platlib")})
Stamps = Mapping[str, tuple[int, int]]


def is_child() -> bool:
    """Whether this process was started by ``supervise``, and serves."""
    return os.environ.get(PARENT) == str(os.getppid())


def end_with_parent() -> None:
    """See, in a child, that it ends when the process that supervises it is gone."""

    def wait() -> None:
        while is_child():
            time.sleep(PAUSE)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def supervise(project: Path) -> NoReturn:
    """Run this process's command in a child, anew whenever code of the project changes; end as the last child ends.

    A first child that fails ends it too; where a later one does, which changed code was not able to run, the next
    change is waited for.
    """
    ending: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: ending.append(number))
    restarted = False
    while True:
        before = stamps(project)
        child = start()
        try:
            while child.poll() is None and not ending and stamps(project) == before:
                time.sleep(PAUSE)
            status = child.poll()
            if status is not None and restarted and status != 0:
                while not ending and stamps(project) == before:
                    time.sleep(PAUSE)
            elif status is not None:
                sys.exit(exit_status(child))
        finally:
            end(child)
        if ending:
            sys.exit(exit_status(child))
        restarted = True
        sys.stderr.write("the code has changed: the service starts anew\n")


def start() -> subprocess.Popen[bytes]:
    """Start the command of this process once more, as a child that knows its parent."""
    command = [sys.executable, *sys.orig_argv[1:]]
    return subprocess.Popen(command, env={**os.environ, PARENT: str(os.getpid())})


def end(child: subprocess.Popen[bytes]) -> None:
    """End a child, by SIGTERM first, and wait for that."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(STOP)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait(STOP)


def exit_status(child: subprocess.Popen[bytes]) -> int:
    """The exit status of a child that has ended, as a shell says it: 128 and the signal for one that a signal ended."""
    return child.returncode if child.returncode >= 0 else 128 - child.returncode


def stamps(project: Path) -> Stamps:
    """When each file of code was changed, and its size; a file that is gone is left out."""
    found = {}
    for file in {*of_folder(project), *of_modules()}:
        try:
            about = os.stat(file)
        except OSError:
            continue
        found[file] = (about.st_mtime_ns, about.st_size)
    return found


def of_folder(project: Path) -> Iterator[str]:
    """The Python files in a project's directory, without those of environments and hidden folders."""
    for folder, folders, files in os.walk(project):
        folders[:] = [
            name
            for name in folders
            if name[0] != "." and name not in OTHERS and not os.path.exists(os.path.join(folder, name, "pyvenv.cfg"))
        ]
        yield from (os.path.join(folder, name) for name in files if name.endswith(".py"))


def of_modules() -> Iterator[str]:
    """The files of the imported modules, without those of Python and of installed packages."""
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and file.endswith(".py") and not file.startswith(INSTALLED):
            yield os.path.realpath(file)
