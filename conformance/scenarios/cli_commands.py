"""Probe: a folder, and commands that are called in it one after the other, each in a process of its own.

The commands are those that the distribution installs: their entry points are called, in a fork, with the arguments.
"""

import contextlib
import importlib.metadata
import io
import os
import pathlib
import runpy
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.request

from scenario import ASYNCHRONOUS, BACKEND

SECONDS = 5.0  # for a service to answer, or to end
children = {}


def steps(files, steps):
    """What each step gives, in a new folder with these files. `{BACKEND!r}` and `{ASYNCHRONOUS!r}` in them stand for
    those of the variant."""
    folder = pathlib.Path(tempfile.mkdtemp()).resolve()
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("{BACKEND!r}", repr(BACKEND)).replace("{ASYNCHRONOUS!r}", repr(ASYNCHRONOUS)))
    try:
        return [DO[step.pop("do")](folder, **step) for step in steps]
    finally:
        for pid in [*children, *background(folder)]:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)


def several(cases):
    """What the steps of each case give, each case in a folder of its own."""
    return [steps(**case) for case in cases]


def background(folder):
    """The processes that files with the suffix .pid name, and that were started after them."""
    for file in folder.rglob("*.pid"):
        with contextlib.suppress(OSError, ValueError):
            pid = int(file.read_text())
            if pid > 1 and pid != os.getpid():
                yield pid


def start(folder, arguments, within, stdin, command):
    """Fork a process that calls the command; its number, and its files for output."""
    given, written = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 - one is read when it has ended
    given.write(stdin.encode())
    given.seek(0)
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.dup2(given.fileno(), 0)
            os.dup2(written.fileno(), 1)
            os.dup2(written.fileno(), 2)
            sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False), encoding="utf-8")
            os.chdir(folder / within)
            # The agent has imported it already, elsewhere; what an import reads, such as the working directory, is the
            # command's own. What mutants and variations have changed is imported no second time.
            if "SCENARIO_CHANGED" not in os.environ:
                for name in [name for name in sys.modules if name.partition(".")[0] == "utilmeta"]:
                    del sys.modules[name]
            sys.argv = [command, *arguments]
            sys.path.insert(0, "")
            call(command)
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
            if isinstance(end.code, str):
                print(end.code, file=sys.stderr)
        except BaseException:  # noqa: BLE001 - it is printed
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    children[pid] = written
    return pid


def call(command):
    if command == "python -m utilmeta":
        runpy.run_module("utilmeta", run_name="__main__", alter_sys=True)
        return
    (point,) = importlib.metadata.entry_points(group="console_scripts", name=command)
    point.load()()


def command(folder, arguments, within=".", stdin="", command="meta"):
    """The exit status of a command, None where it does not end by itself, what it wrote, and the files that there are
    then, with their texts."""
    pid = start(folder, arguments, within, stdin, command)
    status = ended(pid)
    written = children.pop(pid)
    written.seek(0)
    output = written.read().decode(errors="replace").replace(str(folder), "FOLDER")
    files = {
        str(file.relative_to(folder)): file.read_text(errors="replace")
        for file in folder.rglob("*")
        if file.is_file() and file.suffix not in (".pyc", ".log", ".sqlite3")
    }
    return {"status": status, "output": output, "files": files}


def ended(pid):
    """The exit status of a process that ends in time; one that does not is killed, and None."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return None


def serving(folder, url, arguments, within=".", command="meta"):
    """What is answered at an URL while a command runs, which a signal ends then, and its output."""
    pid = start(folder, arguments, within, "", command)
    answered = ask(folder, url)
    os.kill(pid, signal.SIGTERM)
    ended(pid)
    written = children.pop(pid)
    written.seek(0)
    return {**answered, "output": written.read().decode(errors="replace")}


def script(folder, url, within):
    """What is answered at an URL while `python server.py` runs in a folder."""
    process = subprocess.Popen([sys.executable, "server.py"], cwd=folder / within)
    try:
        return ask(folder, url)
    finally:
        process.terminate()
        process.wait(SECONDS)


def ask(folder, url):
    """The first answer that comes from an URL: its status and text; nothing where none comes in time."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                return {"answered": True, "status": answer.status, "text": answer.read().decode()}
        except urllib.error.HTTPError as answer:
            return {"answered": True, "status": answer.code, "text": ""}
        except OSError:
            time.sleep(0.02)
    return {"answered": False}


def gone(folder, url):
    """Whether nothing answers at an URL any more."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except urllib.error.HTTPError:
            pass
        except OSError:
            return True
        time.sleep(0.02)
    return False


bystanders = []


def bystander(folder, name):
    """Start a process that no command started, and write its number to a file of the folder."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (folder / name).write_text(f"{process.pid}\n")
    children[process.pid] = None
    bystanders.append(process)


def foreground(folder, url, name):
    """Start the service in the foreground, and write the process to a file of the folder; what it answers."""
    with open(os.devnull, "r+b") as nothing:
        run = [sys.executable, "-m", "utilmeta", "run"]
        process = subprocess.Popen(run, cwd=folder, stdin=nothing, stdout=nothing, stderr=nothing)
    children[process.pid] = None
    bystanders.append(process)
    answered = ask(folder, url)
    (folder / name).write_text(f"{process.pid}\n")
    return answered


def imported(folder, app, modules):
    """The exit status of a process of the folder that imports modules of an app, which Django has installed."""
    lines = [
        "import importlib, django",
        "from django.conf import settings",
        f"settings.configure(INSTALLED_APPS=[{app!r}])",
        "django.setup()",
        *(f"importlib.import_module({f'{app}.{module}'!r})" for module in modules),
    ]
    code = "\n".join(lines)
    run = [sys.executable, "-c", code]
    told = subprocess.run(run, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
    return {"status": told.returncode, "output": told.stdout + told.stderr}


def apart(folder, code, names):
    """What code writes, in a folder that has these files of the first alone."""
    place = folder / "apart"
    place.mkdir()
    for name in names:
        (place / name).write_text((folder / name).read_text(encoding="utf-8"), encoding="utf-8")
    run = [sys.executable, "-c", code]
    told = subprocess.run(run, cwd=place, capture_output=True, text=True, timeout=4 * SECONDS, check=False)
    return {"status": told.returncode, "output": told.stdout, "errors": told.stderr}


def alive(folder):
    """Whether the process that `bystander` or `foreground` started last lives."""
    return bystanders[-1].poll() is None


def copy(folder, name, to):
    """Copy a file of the folder."""
    (folder / to).write_text((folder / name).read_text())


def rows(folder, name, table):
    """The columns of a table in a SQLite file; empty where it is not there."""
    import sqlite3

    with contextlib.closing(sqlite3.connect(folder / name)) as opened:
        return [row[1] for row in opened.execute(f"PRAGMA table_info({table})")]


STEPS = (command, serving, script, ask, gone, bystander, foreground, alive, copy, imported, apart, rows)
DO = {each.__name__: each for each in STEPS}
