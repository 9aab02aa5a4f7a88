"""Probes of configurations: what `use` takes, what `get_config` finds, when each is set up, what can be imported."""

import contextlib
import copy
import importlib
import os
from collections.abc import Mapping

from scenario import ASYNCHRONOUS, BACKEND, in_mode, raised
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


def used(name):
    """What a service finds of configurations, and whether the first of a class stays."""
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
    for second in (Clock(), Preference()):
        raised(service.use, second)
    found["the first stays"] = service.get_config(Time) is clock and service.get_config(Preference) is preference
    return found


def no_configuration():
    """What is raised by the use of what is no configuration."""
    service = construct()
    return {
        "a class": raised(service.use, Time),
        "a mapping": raised(service.use, {"time_zone": "UTC"}),
        "a text": raised(service.use, "utilmeta.conf.Time"),
        "None": raised(service.use, None),
        "a service": raised(service.use, service),
        "a function": raised(service.use, raised),
    }


def second():
    """What is raised by the use of a second configuration of a class."""
    service, preference = construct(), Preference()
    service.use(Time())
    service.use(preference)
    return {
        "Time": raised(service.use, Time()),
        "Preference": raised(service.use, Preference()),
        "Preference, the same": raised(service.use, preference),
    }


def too_late(by):
    """What is raised by a use after `setup` or `application`."""
    service = construct()
    getattr(service, by)()
    return raised(service.use, Preference())


def django_set_up(key):
    """Whether `setup()` sets Django up, and the secret key that it has then."""
    from utilmeta.core.server.backends.django import DjangoSettings

    service = construct()
    service.use(DjangoSettings(secret_key=key))
    service.setup()
    from django.apps import apps
    from django.conf import settings

    return {"ready": apps.ready, "key": settings.SECRET_KEY}


def prepared(calls):
    """How often a configuration was set up after each of these calls of the service."""
    from utilmeta.conf import Config

    service = construct()
    seen = []

    class Own(Config):
        def setup(self, service):
            seen.append("setup")

    service.use(Own())
    counts = []
    for call in calls:
        getattr(service, call)()
        counts.append(len(seen))
    return counts


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
    return raised(kind, *(part(module, argument) for argument in arguments), **options)


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
        refused = raised(setattr, made, keyword, value)
        shown.append(refused["message"] if refused else "")
        if getattr(made, keyword, None) == value:
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


def everything(orders, value):
    """What each construction raises, in order, and what becomes of each that is given another value."""
    return {"built": [built(**order) for order in orders], "kept": [kept(value, **order) for order in orders]}


def holding(word):
    """Configurations, and parts of some, by their names: each built of what it is given, with what that was.

    One that cannot be built is left out.
    """
    makers = {
        "Database": database,
        "Cache": cache,
        "RedisCache": redis_cache,
        "DjangoSettings": django_settings,
        "Own": own,
        "Env": variables,
    }
    made = {}
    for name, maker in makers.items():
        with contextlib.suppress(Exception):  # other checks say so
            made[name] = maker(word)
    return made


def database(word):
    from utilmeta.core.orm import Database

    given = {"options": {"deep": {"list": [word, {"set": {word}}]}, "pair": ([word],), "empty": {}}}
    return Database(engine="sqlite3", name=":memory:", **given), given


def cache(word):
    from utilmeta.core.cache import Cache

    given = {"options": {"a": {"b": [word]}}, "location": [word]}
    return Cache(engine="locmem", **given), given


def redis_cache(word):
    from utilmeta.core.cache.backends.redis import RedisCache

    given = {"options": {"a": {"b": [word]}}}
    return RedisCache(**given), given


def django_settings(word):
    from utilmeta.core.server.backends.django import DjangoSettings

    given = {"apps": ["django.contrib.messages"], "extra": {"PROBE": [{"b": word}]}}
    return DjangoSettings(**given), given


def own(word):
    from utilmeta.conf import Config

    class Own(Config):
        mapping: dict[str, list[str]]
        members: set[str]
        empty: list[str]

    given = {"mapping": {"a": [word]}, "members": {word}, "empty": []}
    return Own(**given), given


def variables(word):
    from utilmeta.conf import Env

    class Variables(Env):
        WORDS: list[str]
        DEEP: dict[str, list[str]]

    os.environ.update({"PROBE_WORDS": word, "PROBE_DEEP": f'{{"a": ["{word}"]}}'})
    return Variables(sys_env="PROBE_"), {"WORDS": [word], "DEEP": {"a": [word]}}


def inside(word):
    """What was looked at of configurations, and what of it changes with what they were made of, or by what they
    hold."""
    wrong, looked_at = [], []
    for name, (config, given) in holding(word).items():
        before = copy.deepcopy(given)
        for keyword in readable(config, given):
            looked_at.append(f"{name}.{keyword}")
            if name != "Env":
                change(given[keyword], word)
            if not equal(getattr(config, keyword), before[keyword]):
                wrong.append(f"{name}.{keyword}, by what it was made of")
            change(getattr(config, keyword), word)
            if not equal(getattr(config, keyword), before[keyword]):
                wrong.append(f"{name}.{keyword}, by what it holds")
    return {"looked at": looked_at, "wrong": wrong}


def readable(config, keywords):
    """Those of the keywords that the configuration has as attributes; nobody sees whether others change."""
    return [keyword for keyword in keywords if hasattr(config, keyword)]


def django_given(word):
    """Of what Django is given by configurations: its databases and caches, whether it is plain, and which of the
    configurations change with it."""
    from utilmeta.core.cache import CacheConnections
    from utilmeta.core.orm import DatabaseConnections

    made = {"Database": database(word), "Cache": cache(word), "DjangoSettings": django_settings(word)}
    service = construct()
    service.use(made["DjangoSettings"][0])
    for kind, part in ((DatabaseConnections, "Database"), (CacheConnections, "Cache")):
        given = {"default": made[part][0]}
        service.use(kind(given))
        given["late"] = given["default"]
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
    held = (("DjangoSettings", "extra"), ("Database", "options"))
    wrong = [f"{name}.{key}" for name, key in held if word[::-1] in repr(getattr(made[name][0], key, None))]
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
            raised(getattr(value, method, None), *arguments)
    elif isinstance(value, (list, tuple)):
        for inner in list(value):
            change(inner, word)
        if isinstance(value, list):
            for method, argument in (("append", 1), ("extend", [1]), ("__iadd__", [1]), ("__delitem__", 0)):
                raised(getattr(value, method), argument)
    elif isinstance(value, set):
        for method, argument in (("add", word[::-1]), ("update", [word[::-1]]), ("__ior__", {word[::-1]})):
            raised(getattr(value, method), argument)


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
