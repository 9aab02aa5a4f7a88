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
    try:
        kind = kind_of(module, name)
    except (ImportError, AttributeError) as error:
        return {"types": ["absent"], "message": f"{type(error).__name__}: {error}"}
    return attempt(kind, *(part(module, argument) for argument in arguments), **options)


def kind_of(module, name):
    """The class of a configuration; without a module it is one of the user's own."""
    if module is not None:
        return getattr(importlib.import_module(module), name)
    from utilmeta.conf import Config

    keywords = {"word": str, "api_token": str, "size": int}
    return type(name, (Config,), {"__annotations__": keywords, "size": 1, "__module__": __name__})


def kept(value, module, name, arguments, options):
    """Of a configuration that is built so: what shows it, or is raised where a keyword is given another value, and
    which of them took it. None where it cannot be built."""
    if built(module, name, arguments, options) is not None:
        return None
    made = kind_of(module, name)(*(part(module, argument) for argument in arguments), **options)
    shown, changed = [repr(made), str(made), f"{[made]}"], []
    for keyword in options:
        refused = attempt(setattr, made, keyword, value)
        shown.append(refused["message"] if refused else "")
        if getattr(made, keyword) == value:
            changed.append(keyword)
    return {"shown": shown, "changed": changed}


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


def everything(orders, names, value):
    """What each construction raises, in order, what becomes of each that is given another value, and what there is at
    each path."""
    return {
        "built": [built(**order) for order in orders],
        "kept": [kept(value, **order) for order in orders],
        "paths": paths(names),
    }
