"""Probe: hooks, plugins and CORS that cannot work, each declared in a forked process; it returns their errors."""

from functools import partial

from scenario import ASYNCHRONOUS, BACKEND, PRODUCTION, apart, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api


@in_mode
def hello(self):
    return "world"


class OtherAPI(api.API):
    """Mounted nowhere."""

    other = api.get(in_mode(lambda self: "other"))


def named(function, owner, name):
    """The function, as if it were defined in a class."""
    function.__name__, function.__qualname__ = name, f"{owner}.{name}"
    return function


def plain(owner, name):
    return named(lambda self, *first: None, owner, name)


def awaited(owner, name, first=False):
    async def hook(self):
        return None

    async def hook_of_one(self, one):
        return None

    return named(hook_of_one if first else hook, owner, name)


def plugin(owner, process):
    """A plugin of this class, whose one process is an `async def`."""
    return type(owner, (api.Plugin,), {process: awaited(owner, process, first=True)})()


def of_nothing(case, owner, name):
    members = {"hello": api.get(named(hello, owner, "hello"))}
    if case == "a name":
        members[name] = api.before("hallo")(plain(owner, name))
    elif case == "a function of another class":
        members[name] = api.before(OtherAPI.other)(plain(owner, name))
    elif case == "another class":
        members[name] = api.before(OtherAPI)(plain(owner, name))
    elif case == "a function that is no endpoint":
        members["helper"] = plain(owner, "helper")
        members[name] = api.before(members["helper"])(plain(owner, name))
    elif case == "the name of a mounted class's endpoint":
        members["__annotations__"] = {"mounted": OtherAPI}
        members[name] = api.before("other")(plain(owner, name))
    elif case == "a class without endpoints":
        return {name: api.before("*")(plain(owner, name))}
    elif case == "CORS of what is no endpoint":
        members[name] = api.CORS(allow_origin="*")(plain(owner, name))
    elif case == "no target of a handler":
        members[name] = api.handle(KeyError)(awaited(owner, name, first=True) if ASYNCHRONOUS else handler(owner, name))
    else:
        members[name] = {"before": api.before, "after": api.after}[case.split()[-1]]()(handler(owner, name))
    return members


def handler(owner, name):
    return named(lambda self, error: None, owner, name)


def of_the_other_kind(case, owner, name):
    endpoint = api.get(named(lambda self: "world", owner, "hello"))
    if case in ("process_request", "process_response", "handle_error"):
        return {"hello": plugin(name, case)(endpoint)}
    kind = {"before": api.before, "after": api.after, "handle": api.handle}[case]
    return {"hello": endpoint, name: kind("*")(awaited(owner, name, first=case != "before"))}


def of_keywords(case, owner, name):
    members = {"process_request": plain(owner, "process_request")}
    if case == "of its base":
        base = type("Base", (api.Plugin,), members)
        return {name: type(owner, (base,), {})(**{name: 0})(api.get(named(hello, owner, name)))}
    return {name: type(owner, (api.Plugin,), members)(**{name: 0})(api.get(named(hello, owner, name)))}


def of_every_origin(case, owner, name):
    permission = api.CORS(allow_origin=["https://one.example", "*"], allow_credentials=True)
    if case == "class":
        return {"decorator": permission}
    return {name: permission(api.get(named(hello, owner, name)))}


def build(make, case, owner, name):
    """What a service says that is built of these members; None where it is built all the same."""
    try:
        members = make(case, owner, name)
        decorator = members.pop("decorator", lambda cls: cls)
        root = decorator(type(owner, (api.API,), {"__module__": __name__, "__qualname__": owner, **members}))
        UtilMeta(
            __name__,
            name="plugin_invalid_declarations",
            backend=BACKEND,
            asynchronous=ASYNCHRONOUS,
            production=PRODUCTION,
            api=root,
        ).application()
    except Exception as error:  # noqa: BLE001 - it is what the check asks about
        return str(error)
    return None


def refusals(kind, cases, owner, name):
    """What is said of each case of a kind of declarations, in a class and of a function of these names."""
    make = {
        "nothing": of_nothing,
        "the other kind": of_the_other_kind,
        "every origin": of_every_origin,
        "keywords": of_keywords,
    }[kind]
    return {case: apart(partial(build, make, case, owner, name))[0] for case in cases}
