"""Probes of configurations: what `use` takes, what `get_config` finds, when each is set up, what can be imported."""

import copy
import importlib
import os
from collections.abc import Mapping

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


def holding(word):
    """Configurations, and parts of some, by a name: each built of what it is given, with what that was."""
    from utilmeta.conf import Config, Env
    from utilmeta.core.cache import Cache, CacheConnections
    from utilmeta.core.cache.backends.redis import RedisCache
    from utilmeta.core.orm import Database, DatabaseConnections
    from utilmeta.core.server.backends.django import DjangoSettings

    class Own(Config):
        mapping: dict[str, list[str]]
        members: set[str]
        empty: list[str]

    class Variables(Env):
        WORDS: list[str]
        DEEP: dict[str, list[str]]

    os.environ.update({"PROBE_WORDS": word, "PROBE_DEEP": f'{{"a": ["{word}"]}}'})
    kinds = {
        "Database": (
            Database,
            {"options": {"deep": {"list": [word, {"set": {word}}]}, "pair": ([word],), "empty": {}}},
        ),
        "Cache": (Cache, {"options": {"a": {"b": [word]}}, "location": [word]}),
        "RedisCache": (RedisCache, {"options": {"a": {"b": [word]}}}),
        "DjangoSettings": (DjangoSettings, {"apps": ["django.contrib.messages"], "extra": {"PROBE": [{"b": word}]}}),
        "Own": (Own, {"mapping": {"a": [word]}, "members": {word}, "empty": []}),
    }
    fixed = {"Database": {"engine": "sqlite3", "name": ":memory:"}, "Cache": {"engine": "locmem"}}
    made = {name: (kind(**fixed.get(name, {}), **given), given) for name, (kind, given) in kinds.items()}
    for kind, part in ((DatabaseConnections, "Database"), (CacheConnections, "Cache")):
        given = {"default": made[part][0]}
        made[kind.__name__] = (kind(given), {"": given})
    return {**made, "Env": (Variables(sys_env="PROBE_"), {"WORDS": [word], "DEEP": {"a": [word]}})}


def inside(word):
    """Which configurations change with what they were made of, or by what they hold; and of what Django was given by
    them whether it is plain, and its own."""
    made = holding(word)
    wrong = []
    for name, (config, given) in made.items():
        if "" in given:  # a mapping by position, looked at in Django's settings
            given[""]["late"] = given[""]["default"]
            continue
        before = copy.deepcopy(given)
        for keyword in given:
            if name != "Env":
                change(given[keyword], word)
            if not equal(getattr(config, keyword), before[keyword]):
                wrong.append(f"{name}.{keyword}, by what it was made of")
            change(getattr(config, keyword), word)
            if not equal(getattr(config, keyword), before[keyword]):
                wrong.append(f"{name}.{keyword}, by what it holds")
    service = construct()
    for name in ("DatabaseConnections", "CacheConnections", "DjangoSettings"):
        service.use(made[name][0])
    service.setup()
    from django.conf import settings

    # Database and Cache have options that no backend takes; nothing connects here.
    told = {
        "aliases": [sorted(settings.DATABASES), sorted(settings.CACHES)],
        "plain": all(
            is_plain(value)
            for value in (settings.DATABASES["default"]["OPTIONS"], settings.CACHES["default"], settings.PROBE)
        ),
    }
    change(settings.PROBE, word)
    change(settings.DATABASES["default"]["OPTIONS"], word)
    for name, keyword in (("DjangoSettings", "extra"), ("Database", "options")):
        if word[::-1] in repr(getattr(made[name][0], keyword)):
            wrong.append(f"{name}.{keyword}, by Django")
    return {"wrong": wrong, **told}


def change(value, word):
    """Add the word, reversed, to each dict, list and set, the inner ones first; what raises is left."""
    if isinstance(value, Mapping):
        for inner in list(value.values()):
            change(inner, word)
        for method, *arguments in (
            ("__setitem__", word[::-1], 1),
            ("update", {word[::-1]: 1}),
            ("__ior__", {word[::-1]: 1}),
            ("setdefault", word[::-1], 1),
        ):
            attempt(getattr(value, method, None), *arguments)
    elif isinstance(value, (list, tuple)):
        for inner in list(value):
            change(inner, word)
        if isinstance(value, list):
            for method, argument in (("append", 1), ("extend", [1]), ("__iadd__", [1]), ("__delitem__", 0)):
                attempt(getattr(value, method), argument)
    elif isinstance(value, set):
        for method, argument in (("add", word[::-1]), ("update", [word[::-1]]), ("__ior__", {word[::-1]})):
            attempt(getattr(value, method), argument)


def equal(one, other):
    """Whether they hold the same; a list and a tuple may, and any two mappings."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(equal(*pair) for pair in zip(one, other, strict=True))
    return one == other


def is_plain(value):
    """Whether all of it is of Python's own classes."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple, set)) else ()
    exact = not isinstance(value, (dict, list, set)) or type(value) in (dict, list, set)
    return exact and all(is_plain(each) for each in inner)
