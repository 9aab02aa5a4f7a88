"""Probes of configurations: what `use` takes and `get_config` finds, who prepares them, what there is to import."""

import importlib

from scenario import ASYNCHRONOUS, BACKEND, in_mode
from utilmeta import UtilMeta
from utilmeta.conf import Preference, Time
from utilmeta.core import api


class RootAPI(api.API):
    @api.get
    @in_mode
    def hello(self):
        return "world"


class Prepared(Exception):
    """What a configuration raises that is prepared, so that nothing goes on after it."""


def construct(name="configured", **options):
    return UtilMeta(
        __name__,
        name=name,
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=False,
        api=RootAPI,
        route="/api",
        **options,
    )


def attempt(function, *arguments, **options):
    """What a call raises: its class's bases by name, and its message; None when it raises nothing."""
    try:
        function(*arguments, **options)
    except Exception as error:  # noqa: BLE001 - it is what the check asks about
        return {"types": [kind.__name__ for kind in type(error).__mro__], "message": str(error)}
    return None


def used(name):
    """The life of configurations in a service: each use, what is found, and what is refused."""
    service = construct(name)

    class Clock(Time):
        """A configuration of a derived class."""

    clock, preference = Clock(), Preference()
    found = {
        "nothing yet": service.get_config(Time) is None,
        "returned": service.use(clock) is service,
        "by class": service.get_config(Clock) is clock,
        "by base class": service.get_config(Time) is clock,
        "not used": service.get_config(Preference) is None,
    }
    service.use(preference)
    found["another"] = service.get_config(Preference) is preference
    found["second"] = {
        "Clock": attempt(service.use, Clock()),
        "Preference": attempt(service.use, Preference()),
        "Preference, the same": attempt(service.use, preference),
    }
    found["the first stays"] = service.get_config(Time) is clock and service.get_config(Preference) is preference
    found["no configuration"] = {
        "a class": attempt(service.use, Time),
        "a mapping": attempt(service.use, {"time_zone": "UTC"}),
        "a text": attempt(service.use, "utilmeta.conf.Time"),
        "None": attempt(service.use, None),
        "a service": attempt(service.use, service),
        "a function": attempt(service.use, attempt),
    }
    return found


def too_late(by):
    """A use after `setup` or `application`, and whether it took effect."""
    service = construct()
    getattr(service, by)()
    refused = attempt(service.use, Preference())
    return {"refused": refused, "in force": service.get_config(Preference) is not None}


def prepared(calls):
    """How often a configuration was set up after each of these calls of the service, and with which service."""
    from utilmeta.conf import Config

    service = construct()
    seen = []

    class Own(Config):
        def setup(self, service):
            seen.append(service)

    service.use(Own())
    counts = []
    for call in calls:
        getattr(service, call)()
        counts.append(len(seen))
    return {"counts": counts, "of the service": all(one is service for one in seen)}


def run(host, port):
    """Whether `run()` sets a configuration up, and that before a startup hook; which of the two came first."""
    from utilmeta.conf import Config

    service = construct(host=host, port=port)
    seen = []

    class Own(Config):
        def setup(self, service):
            seen.append("setup")
            raise Prepared

    @service.on_startup
    def start():
        seen.append("startup")
        raise Prepared

    service.use(Own())
    try:
        service.run()
    except (Exception, SystemExit):  # noqa: BLE001 - how it ends is not what the check asks about
        return seen
    return [*seen, "served"]


def built(module, name, arguments, options):
    """What the construction of a configuration raises, None when it is built; a module that is not there is told."""
    if module is None:
        from utilmeta.conf import Config

        made = type(name, (Config,), {"__annotations__": {"word": str, "size": int}, "size": 1, "__module__": __name__})
    else:
        try:
            made = getattr(importlib.import_module(module), name)
        except (ImportError, AttributeError) as error:
            return {"types": ["absent"], "message": f"{type(error).__name__}: {error}"}
    return attempt(made, *(part(module, argument) for argument in arguments), **options)


def part(module, argument):
    """The argument, in which a mapping of a name and options has become what they make."""
    if not isinstance(argument, dict) or not isinstance(argument["default"], dict):
        return argument
    told = argument["default"]
    return {"default": getattr(importlib.import_module(module), told["name"])(**told["options"])}


def paths(names):
    """For each dotted path the identity of what is there, else what is raised instead."""
    construct()
    found = {}
    for path in names:
        module, _, name = path.rpartition(".")
        try:
            found[path] = id(getattr(importlib.import_module(module), name))
        except Exception as error:  # noqa: BLE001 - it is what the check asks about
            found[path] = f"{type(error).__name__}: {error}"
    return found


def everything(orders, names):
    """What each construction raises, in order, and what there is at each path."""
    return {"built": [built(**order) for order in orders], "paths": paths(names)}
