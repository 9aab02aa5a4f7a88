"""Probe: a service that uses Redis without redis-py and aioredis, started in each way that matters, each in a child
process.

Run as a program, it is what a person starts. What pip finds is in a folder, and what it installs goes into another.
"""

import importlib
import os
import pathlib
import runpy

import missing_package
from scenario import ASYNCHRONOUS, BACKEND, apart, flag, given, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.conf import Preference
from utilmeta.core import api

PACKAGES = ("redis", "aioredis")  # the page names the second
VARIABLE = "UTILMETA_DEPENDENCIES_AUTO_INSTALL_DISABLED"


class RootAPI(api.API):
    @api.get
    @in_mode
    def hello(self):
        return "world"


def declared(module):
    """The service of a module, as the environment has it now; SCENARIO_DISABLED is its preference, used first."""
    service = UtilMeta(
        module,
        name="preference_missing_package",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=given(production=flag).get("production", False),
        api=RootAPI,
    )
    for value in given(disabled=flag).values():
        service.use(Preference(dependencies_auto_install_disabled=value))
    from utilmeta.core.cache import CacheConnections
    from utilmeta.core.cache.backends.redis import RedisCache

    service.use(CacheConnections({"default": RedisCache(port=6379, db=0, password="none")}))
    return with_a_key(service)


def run():
    """As `python preference_missing_package.py` would."""
    runpy.run_path(__file__, run_name="__main__")


def load():
    """As an external server does with `preference_missing_package:service`."""
    declared(__name__).setup()


def lives(wheels, target):
    """Of each way to start it: the error, what was done to install something, what was printed, and the words of the
    packages that are there in the end."""
    for package in PACKAGES:
        missing_package.hide(package, target)
    os.environ.update(
        PIP_FIND_LINKS=wheels,
        PIP_TARGET=target,
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        PIP_NO_COMPILE="1",
        PIP_NO_WARN_CONFLICTS="1",  # half of its time
    )
    import_all()
    return {
        "preference": life(run, SCENARIO_DISABLED="1"),
        "variable": life(run, **{VARIABLE: "1"}),
        "production": life(run, SCENARIO_PRODUCTION="1"),
        "imported": life(load),
        "by hand": life(run, SCENARIO_DISABLED="0", folder=planted(target), PYTHONPATH=with_the_working_directory()),
    }


def with_the_working_directory():
    """A PYTHONPATH with an empty entry, which is the working directory of whoever is started with it."""
    return os.environ.get("PYTHONPATH", "") + os.pathsep


def import_all():
    """What every child would import of Django."""
    import django.apps
    import django.core.cache.backends.redis
    import django.template.utils
    import django.urls
    import django.utils.log  # noqa: F401


PLANTED = ("pip", "runpy", "pkgutil", "logging", "socket", "sitecustomize")

# Says that it was run, then lets the module of its name be found that it hides.
PLANT = """
import os, sys
here = os.path.dirname(os.path.abspath(__file__))
name = os.path.basename(__file__)[:-len(".py")]
open(os.path.join(here, "ran " + name), "w").close()
sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or os.curdir) != here]
if name == "pip":
    import runpy
    runpy.run_module("pip", run_name="__main__", alter_sys=True)
elif name != "sitecustomize":
    del sys.modules[name]
    __import__(name)
"""


def planted(beside):
    """A folder of modules that are named as those that pip is, and needs."""
    folder = pathlib.Path(f"{beside}-planted")
    folder.mkdir()
    for name in PLANTED:
        (folder / f"{name}.py").write_text(PLANT)
    return folder


def word_of(package):
    try:
        return importlib.import_module(package).word
    except ImportError:
        return None


def life(start, folder=None, **environment):
    """What becomes of a start, in that working directory; `ran` is what was run of the modules that lie there."""

    def lived():
        os.environ.update(environment)
        os.chdir(folder or os.curdir)
        seen, error = missing_package.watch(), None
        try:
            start()
        except Exception as raised:  # noqa: BLE001 - it is what the check asks about
            error = str(raised)
        seen = list(seen)
        importlib.invalidate_caches()
        words = [word_of(package) for package in PACKAGES]
        ran = [] if folder is None else [path.name for path in folder.glob("ran *")]
        return {"error": error, "seen": seen, "words": words, "ran": ran}

    value, printed = apart(lived)
    return {**value, "printed": printed}


if __name__ == "__main__":
    service = declared(__name__)
    service.setup()
    app = service.application()
