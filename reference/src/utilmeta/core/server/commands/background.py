"""``meta run``, ``meta down`` and ``meta restart``: the service in the foreground and in the background (CLI-g6, g7).

A service in the background runs ``python -m utilmeta run --project FOLDER``, and ``pidfile`` holds its process. Only a
process with that command line is ended: the number may be another's since.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from io import FileIO
from pathlib import Path
from typing import Any

from utilmeta.core.server.commands.error import CommandError
from utilmeta.core.server.commands.project import Project, find_project

STOP = 30.0  # seconds that a service has to end
START = 5.0  # seconds in which one that cannot be started has ended
LOOK = 5.0  # seconds that `ps` may take
PAUSE = 0.05
SHOWN = 2000  # bytes of what a service that ended at once has written, the last ones
LOG = "service.log"
READY = b" answers at "  # of the line that `run()` writes


def add(commands: Any) -> None:
    """Add the parsers."""
    run = commands.add_parser("run", help="run the service of this project")
    run.add_argument("-d", "--daemon", action="store_true", help="in the background")
    run.add_argument("--project", metavar="FOLDER", help=argparse.SUPPRESS)
    run.set_defaults(run=run_service)
    commands.add_parser("down", help="end the service in the background").set_defaults(run=down)
    restart = commands.add_parser("restart", help="end the service in the background, and run it anew there")
    restart.set_defaults(run=restart_service)


def run_service(arguments: argparse.Namespace) -> None:
    """Run the service until a signal ends it, or start it in the background and return."""
    project = find_project(Path(arguments.project) if arguments.project else None)
    if arguments.daemon:
        start(project)
        return
    main = project.options.get("main")
    if main is None:
        project.load().run()
        return
    project.enter()
    file = project.folder / main
    if file.suffix == ".py":
        if not file.is_file():
            raise CommandError(f"main = {main}: there is no such file in {project.folder}")
        sys.argv = [str(file)]
        runpy.run_path(str(file), run_name="__main__")
    else:
        runpy.run_module(main, run_name="__main__", alter_sys=True)


def start(project: Project) -> None:
    """Start the service in the background, write ``pidfile``, and wait until it says that it serves.

    Raises CommandError where one runs already or is being started, where it ends at once, with what it has written,
    and where a file cannot be written.
    """
    log_file = project.folder / LOG
    with claimed(project.pidfile) as pidfile:
        running = process_of(project)
        if running is not None:
            raise CommandError(f"the service runs already, as process {running}; end it with: meta down")
        try:
            number = launch(project, pidfile, log_file)
        except (CommandError, OSError) as error:
            project.pidfile.unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise CommandError(f"the service is not started: {error}") from error
            raise
    sys.stdout.write(f"the service runs as process {number}; its output is in {log_file}\n")


def launch(project: Project, pidfile: int, log_file: Path) -> int:
    """Start the service and return its process, whose number is written to the file descriptor ``pidfile``.

    Raises CommandError where it ends at once, and OSError.
    """
    with open(log_file, "a+b", buffering=0) as log:
        before = log.seek(0, os.SEEK_END)
        process = subprocess.Popen(
            command_of(project),
            cwd=project.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            os.ftruncate(pidfile, 0)
            os.write(pidfile, f"{process.pid}\n".encode())
        except OSError:
            process.kill()
            process.wait(STOP)
            raise
        until = time.monotonic() + START
        while time.monotonic() < until and READY not in written(log, before):
            if process.poll() is not None:
                end = written(log, before)[-SHOWN:].decode(errors="replace").strip()
                raise CommandError(
                    f"the service ended at once, with status {process.returncode}; {log_file} has what it wrote:\n{end}"
                )
            time.sleep(PAUSE)
    return process.pid


@contextlib.contextmanager
def claimed(pidfile: Path) -> Iterator[int]:
    """Hold ``pidfile``, which is made where there is none, open and locked against other commands.

    Raises CommandError where another command holds it, and where it cannot be written.
    """
    try:
        import fcntl
    except ModuleNotFoundError:
        raise CommandError("there is no background on this system; run the service with: meta run") from None
    while True:
        try:
            descriptor = os.open(pidfile, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise CommandError(f"{pidfile} cannot be written: {error.strerror}") from error
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CommandError(f"another command starts or ends the service just now: it holds {pidfile}") from None
            if is_file_of(descriptor, pidfile):
                yield descriptor
                return
        finally:
            os.close(descriptor)


def is_file_of(descriptor: int, path: Path) -> bool:
    """Whether an open file is still the one at a path, which may have been removed or made anew since."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


def written(log: FileIO, before: int) -> bytes:
    """What a log has from a position on."""
    log.seek(before)
    return log.read()


def down(arguments: argparse.Namespace) -> None:
    """End the service in the background by SIGTERM. Raises CommandError where none runs, or it does not end."""
    project = find_project()
    stop(project)
    sys.stdout.write("the service has ended\n")


def restart_service(arguments: argparse.Namespace) -> None:
    """End the service in the background, if it runs, and start it anew."""
    project = find_project()
    if process_of(project) is not None:
        stop(project)
    start(project)


def stop(project: Project) -> None:
    """End the service's process and remove ``pidfile``. Raises CommandError where none runs, or it does not end."""
    with claimed(project.pidfile) if project.pidfile.exists() else contextlib.nullcontext():
        running = process_of(project)
        if running is None:
            raise CommandError(f"no service of this project runs in the background: {project.pidfile} names none")
        with contextlib.suppress(ProcessLookupError):  # it has ended in between
            os.kill(running, signal.SIGTERM)
        until = time.monotonic() + STOP
        while is_service(running, project):
            if time.monotonic() > until:
                raise CommandError(f"the service has not ended within {STOP:g} seconds; it is process {running}")
            time.sleep(PAUSE)
        project.pidfile.unlink(missing_ok=True)


def process_of(project: Project) -> int | None:
    """The process that ``pidfile`` names, where it is one of the service's; else None."""
    try:
        number = int(project.pidfile.read_text())
    except (OSError, ValueError):
        return None
    return number if is_service(number, project) else None


def command_of(project: Project) -> Sequence[str]:
    """The command that runs the service in the background."""
    return [sys.executable, "-m", "utilmeta", "run", "--project", str(project.folder)]


def is_service(number: int, project: Project) -> bool:
    """Whether a process is alive and was started by ``start`` for this project."""
    return number > 0 and command_line(number).endswith(" ".join(command_of(project)[1:]))


def command_line(number: int) -> str:
    """The command line of a process; empty where there is none, where it is a zombie, and where it cannot be seen."""
    try:
        if os.path.exists("/proc/self/cmdline"):
            return Path(f"/proc/{number}/cmdline").read_text(errors="replace").replace("\0", " ").strip()
        show = ["ps", "-ww", "-o", "command=", "-p", str(number)]
        return subprocess.run(show, capture_output=True, text=True, timeout=LOOK, check=False).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return ""
