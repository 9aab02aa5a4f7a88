"""Probes of `UtilMeta(...)`: which arguments it takes and refuses, and what the service then says of itself."""

import ast
import contextlib
import importlib
import os
import sys
import tempfile
import types

import missing_package
import native_framework
from scenario import ASYNCHRONOUS, BACKEND, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api


class RootAPI(api.API):
    """What a bare reference finds in this module, and the API of every service that is not about another one."""

    @api.get
    @in_mode
    def hello(self):
        return "world"


class NotAnAPI:
    """A class of another kind."""


def construct(**options):
    """The service of this process, for the variant unless `options` say otherwise; what they make None is left out."""
    variant = {"backend": BACKEND, "asynchronous": ASYNCHRONOUS, "production": False}
    given = {**variant, "name": "constructed", "api": RootAPI, **options}
    return UtilMeta(__name__, **{name: value for name, value in given.items() if value is not None})


def attribute(attribute, **options):
    """One attribute of a service built with `options`."""
    return getattr(construct(**options), attribute)


def in_a_module(module):
    """The application of a service in a module of that name."""
    with tempfile.TemporaryDirectory() as project:
        imported(project, module, name="constructed").service.application()


MODULE = """
from service_construction import RootAPI
from utilmeta import UtilMeta

service = UtilMeta(__name__, **{!r}, api=RootAPI)
"""


def imported(project, module, **options):
    """A module that is written to the directory `project`, where it declares a service with these options."""
    options = {"backend": BACKEND, "asynchronous": ASYNCHRONOUS, "production": False, **options}
    with open(os.path.join(project, f"{module}.py"), "w", encoding="utf-8") as file:
        file.write(MODULE.format(options))
    sys.path.insert(0, project)
    os.chdir(project)
    try:
        return importlib.import_module(module)
    finally:
        os.chdir(os.sep)


def positional(*, arguments, **options):
    """A service given `arguments` by position."""
    UtilMeta(*arguments, **options)


def without_backend():
    """A service that does not say its backend."""
    UtilMeta(__name__)


def unknown_backend(name):
    """What the error is, and which processes were started and hosts looked up on the way to it."""
    seen = missing_package.watch()
    try:
        construct(backend=name)
    except Exception as error:  # noqa: BLE001 - it is what the check asks about
        return {"message": str(error), "seen": list(seen)}
    return {"message": None, "seen": list(seen)}


def without_framework():
    """Like `unknown_backend`, for the variant's backend by name, where the framework cannot be imported."""
    for name in list(sys.modules):
        if name.partition(".")[0] in (BACKEND, "utilmeta"):
            del sys.modules[name]
    sys.modules[BACKEND] = None
    from utilmeta import UtilMeta

    seen = missing_package.watch()
    try:
        UtilMeta("__main__", name="probed", backend=BACKEND)
    except Exception as error:  # noqa: BLE001 - it is what the check asks about
        return {"message": str(error), "seen": list(seen)}
    return {"message": "", "seen": list(seen)}


def name_in(folder):
    """The name of a service that gives none, in a module of a project directory called `folder`."""
    with tempfile.TemporaryDirectory() as above:
        project = os.path.join(above, folder)
        os.mkdir(project)
        return imported(project, "server_of_probe").service.name


def version(literal):
    """The version of a service that is given the Python value written as `literal`, as text."""
    return str(construct(version=ast.literal_eval(literal)).version)


def versioned(literal):
    """The classes of the application of a service that is given the Python value written as `literal` as version."""
    return application(version=ast.literal_eval(literal))


def default_mode():
    """`asynchronous` of a service that does not say it."""
    return construct(asynchronous=None).asynchronous


def fixed_mode():
    """`asynchronous` after construction, setup and application()."""
    service = construct()
    seen = [service.asynchronous]
    service.setup()
    seen.append(service.asynchronous)
    service.application()
    return [*seen, service.asynchronous]


def bare_reference(module, name):
    """A bare reference of a service whose first argument is `module`, a module where `name` is a root API."""
    made = types.ModuleType(module)
    setattr(made, name, type(name, (api.API,), {"__module__": module}))
    sys.modules[module] = made
    UtilMeta(module, backend=BACKEND, asynchronous=ASYNCHRONOUS, production=False, api=name).application()


def root_api(literal):
    """A service that is given the Python value written as `literal`, or one of this module's, as its api."""
    known = {"a class that is no API": NotAnAPI, "a function": construct}
    construct(api=known[literal] if literal in known else ast.literal_eval(literal))


def application(**options):
    """The classes of the application of a service built with `options`, most derived first."""
    classes = type(construct(**options).application()).__mro__
    return [f"{base.__module__}.{base.__qualname__}" for base in classes]


def loaded(module):
    """Whether the module that a reference names is imported when the service is constructed, and when it is built."""
    service = construct(api=f"{module}.RootAPI")
    constructed = module in sys.modules
    service.application()
    return {"constructed": constructed, "built": module in sys.modules}


def instance_of_the_process():
    """Whether `from utilmeta import service` gives the service that was constructed."""
    constructed = construct()
    from utilmeta import service

    return service is constructed


def too_early():
    """The import while there is no service."""
    from utilmeta import service  # noqa: F401


def second(first, **options):
    """A second service, after one that is called `first`."""
    construct(name=first)
    construct(**options)


def in_force(first, **options):
    """Whether the first service is still the process's after the construction of a second one."""
    constructed = construct(name=first)
    with contextlib.suppress(Exception):  # that it raises is what another check asks about
        construct(**options)
    from utilmeta import service

    return service is constructed


def built_debug(**options):
    """The debug flag of the application that UtilMeta builds."""
    return native_framework.debug_flag(BACKEND, with_a_key(construct(**options)).application())


def decided_by_production(**options):
    """What `production` decides in the framework: Django's setting PRODUCTION, the debug flag of others."""
    service = construct(**options)
    if BACKEND != "django":
        return native_framework.debug_flag(BACKEND, service.application())
    from utilmeta.core.server.backends.django import DjangoSettings

    service.use(DjangoSettings(secret_key="key of a probe"))
    service.setup()
    from django.conf import settings

    return getattr(settings, "PRODUCTION", None)


def injected_debug(debug, **options):
    """The flag of an application that was made with `debug`, at the end, and what the service says of production."""
    application = native_framework.application(BACKEND, debug)
    service = construct(**{"backend": application, "production": None, **options})
    service.application()
    return {"debug": native_framework.debug_flag(BACKEND, application), "production": service.production}
