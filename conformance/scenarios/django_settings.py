"""Probe: the Django settings of many services, each built in a forked process of its own.

Django is imported once, in the process of the probe, and the processes are forked from that.
"""

import contextlib
import importlib
import io
import json
import os
import pathlib
import runpy
import shutil
import signal
import stat
import sys
import tempfile

from scenario import ASYNCHRONOUS, BACKEND, NONCE, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api

PATIENCE_SECONDS = 8  # which only what waits for ever takes
BEGAN = 0  # what a probe counts up in the module that lives, and no second import of it does


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE


def constructed(name=__name__, **options):
    given = {"name": "django_settings", "backend": BACKEND, "asynchronous": ASYNCHRONOUS, "api": RootAPI}
    return UtilMeta(name, **given, **options)


def settled(
    files=None, environment=None, first=(), declared=None, configured=None, service=None, settings=None, read=()
):
    """The settings named by `read`, after `setup()` of a service; None for one that is not there.

    Before that `files` are written to a project's folder, `environment` is set, modules `first` are imported, names
    `declared` in this module, Django `configured` by hand, and DjangoSettings(**settings) used, unless it is None.
    """
    write(files or {})
    os.environ.update(environment or {})
    for name in first:
        importlib.import_module(name).CHANGED = 1
    for name, value in {"BEGAN": BEGAN + 1, **(declared or {})}.items():
        setattr(sys.modules[__name__], name, value)
    from django.conf import settings as found

    if configured is not None:
        import django

        found.configure(**configured)
        django.setup()
    made = use(constructed(**{"production": False, **(service or {})}), settings)
    before = found.configured
    made.setup()
    after = found.configured
    return {
        **{name: getattr(found, name, None) for name in read if after},
        "configured before": before,
        "configured after": after,
        "variable": os.environ.get("DJANGO_SETTINGS_MODULE"),
        "imported": getattr(sys, "imported", []),
    }


def declaring(files, module, read):
    """The settings named by `read`, after `setup()` of the service of a module among `files`."""
    write(files)
    importlib.import_module(module).service.setup()
    from django.conf import settings as found

    return {name: getattr(found, name, None) for name in read}


def write(files):
    """Files of a project's folder, which becomes the working directory and the first where modules are looked for."""
    folder = pathlib.Path(tempfile.mkdtemp())
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    os.chdir(folder)
    sys.path.insert(0, str(folder))


def use(service, settings):
    if settings is not None:
        from utilmeta.core.server.backends.django import DjangoSettings

        service.use(DjangoSettings(**settings))
    return service


def model(files, module, settings, word):
    """What the import of a module with a model Note raises before `setup()`, and a row that is written after it."""
    write(files)
    made = use(constructed(production=False), settings)
    try:
        importlib.import_module(module)
    except Exception as error:  # noqa: BLE001 - it is what the check asks about
        before = {"types": names_of(error), "message": str(error)}
    else:
        before = None
    made.setup()
    from django.db import connection

    note = importlib.import_module(module).Note
    with connection.schema_editor() as editor:
        editor.create_model(note)
    note.objects.create(word=word)
    return {"before": before, "rows": [row.word for row in note.objects.all()]}


def key(project, state):
    """The key that the service of a project is given, whose user's state directory is `state`; and what was written
    there, and in the project."""
    for folder in (project, state):
        os.makedirs(folder, exist_ok=True)
    os.environ["XDG_STATE_HOME"] = os.path.realpath(state)
    server = pathlib.Path(project, "server_of_probe.py")
    text = "from django_settings import constructed, use\nservice = use(constructed(__name__, production=False), {})\n"
    draft = server.with_name(f"draft-{os.getpid()}")
    draft.write_text(text)
    os.replace(draft, server)
    sys.path.insert(0, os.path.realpath(project))
    sys.dont_write_bytecode = True
    importlib.import_module("server_of_probe").service.setup()
    from django.conf import settings

    holding = [path for path in pathlib.Path(state).rglob("*") if settings.SECRET_KEY in content(path)]
    return {
        "key": settings.SECRET_KEY,
        "files": [oct(path.stat().st_mode & 0o777) for path in holding],
        "folders": sorted({oct(path.parent.stat().st_mode & 0o777) for path in holding}),
        "in the project": [
            path.name for path in pathlib.Path(project).rglob("*") if settings.SECRET_KEY in content(path)
        ],
    }


def planted(project, state, kind, text):
    """What comes of the key of a project whose user has one already, where something lies in its place: a `link` to a
    file that holds `text`, a `FIFO`, or its `directory` is a link to another. In place of how many
    files it lies, whether it came to an end, what was made of the file, what was put beside it, and the modes of that
    directory and of the file."""
    shutil.copytree(state, copied := f"{state} with a {kind}")
    foreign = pathlib.Path(tempfile.mkdtemp())
    foreign.chmod(0o751)
    victim = foreign / "victim"
    victim.write_text(text)
    victim.chmod(0o600)
    files = [path for path in pathlib.Path(copied).rglob("*") if path.is_file()]
    for file in files:
        file.unlink()
        if kind == "link":
            file.symlink_to(victim)
        elif kind == "FIFO":
            os.mkfifo(file, 0o600)
        elif not any(file.parent.iterdir()):
            file.parent.rmdir()
            file.parent.symlink_to(foreign)
    found = {"ended": True, "key": None, "planted": len(files)}
    with waiting(found):
        found["key"] = key(project, copied)["key"]
    found["modes"] = [oct(stat.S_IMODE(path.stat().st_mode)) for path in (foreign, victim)]
    return {**found, "victim": victim.read_text(), "beside": [path.name for path in foreign.iterdir()]}


@contextlib.contextmanager
def waiting(found):
    """What is done in here may fail in any way, and `ended` says whether it took no longer than a while."""

    def give_up(number, frame):
        found["ended"] = False
        raise TimeoutError

    signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE_SECONDS)
    try:
        yield
    except Exception as error:  # noqa: BLE001 - how it is refused is not what the check asks about
        found["error"] = str(error)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def content(path):
    with contextlib.suppress(OSError):  # a file that somebody else has moved by now
        return path.read_text(errors="replace") if path.is_file() else ""
    return ""


def command(files, arguments):
    """What `python -m utilmeta` with these arguments writes, in the folder of a project, and its exit status."""
    write(files)
    output, errors = io.StringIO(), io.StringIO()
    sys.argv = ["utilmeta", *arguments]
    status = 0
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        try:
            runpy.run_module("utilmeta", run_name="__main__")
        except SystemExit as end:
            status = end.code
    return {"status": status, "output": output.getvalue(), "errors": errors.getvalue()}


CASES = {"settled": settled, "declaring": declaring, "model": model, "key": key, "planted": planted, "command": command}


def answers(stages):
    """What each case gives, by its name: its `value`, or the `types` and the `message` of what it raises.

    The cases of a stage run at once, the stages one after the other.
    """
    import django.core.management.commands.check
    import django.db.backends.sqlite3.base
    import django.db.models  # noqa: F401
    import utilmeta.core.server.backends.django  # noqa: F401

    os.chdir(tempfile.mkdtemp())
    found = {}
    for stage in stages:
        running = {name: start(case) for name, case in stage.items()}
        for name, (pid, reading) in running.items():
            with os.fdopen(reading) as pipe:
                said = pipe.read()
            os.waitpid(pid, 0)
            found[name] = json.loads(said) if said else {"types": [], "message": "it ended without an answer"}
    return found


def start(case):
    """The process that a case runs in, and the pipe on which it answers."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    try:
        answer = {"value": CASES[case.pop("do")](**case)}
    except BaseException as error:  # noqa: BLE001 - whatever ends a case is its answer
        answer = {"types": names_of(error), "message": str(error)}
    with os.fdopen(writing, "w") as pipe:
        json.dump(answer, pipe, default=repr)
    os._exit(0)


def names_of(error):
    return [f"{base.__module__}.{base.__qualname__}" for base in type(error).__mro__]
