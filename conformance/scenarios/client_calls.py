"""Calls of clients by a library in a style, and what came of them as JSON; scenarios of CLIENT import it.

They have each class in a function, so that one that an implementation cannot declare leaves the others alone.
"""

import ast
import asyncio
import gc
import http.client
import importlib
import inspect
import json
import os
import ssl
import textwrap
import threading
import time
import traceback
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

VERBS = ("get", "post", "put", "patch", "delete")
BUILT_IN = (*VERBS, "request")
ATTRIBUTES = ("status", "result", "data", "message", "state", "count")
CLOSED_SECONDS = 3.0  # for connections to be seen closed
THREADS_SECONDS = 15.0
SILENT_SECONDS = 6.0

journal = []
"""What hooks noted, in their order."""
kept = []
"""What stays open as long as the process lives."""
settings = {}
"""What a check sets for the classes of a probe."""


class _Awaiting(ast.NodeTransformer):
    """Writes request functions with `async def`, and in these awaits built-in functions of the client."""

    within = False

    def visit_FunctionDef(self, node):
        verbs = [each.func if isinstance(each, ast.Call) else each for each in node.decorator_list]
        if not any(isinstance(verb, ast.Attribute) and verb.attr in VERBS for verb in verbs):
            self.generic_visit(node)
            return node
        self.within = True
        node.body = [self.visit(each) for each in node.body]
        self.within = False
        return ast.copy_location(ast.AsyncFunctionDef(**dict(ast.iter_fields(node))), node)

    def visit_Call(self, node):
        self.generic_visit(node)
        called = node.func
        if self.within and isinstance(called, ast.Attribute) and called.attr in BUILT_IN:
            called.attr = f"async_{called.attr}"
            return ast.copy_location(ast.Await(node), node)
        return node


def styled(factory, style):
    """The class that a function returns; in the style `async` its request functions are written with `async def`."""
    if style == "sync":
        return factory()
    tree = _Awaiting().visit(ast.parse(textwrap.dedent(inspect.getsource(factory))))
    ast.increment_lineno(tree, factory.__code__.co_firstlineno - 1)  # implementations may read the source
    names = dict(factory.__globals__)
    exec(compile(ast.fix_missing_locations(tree), inspect.getfile(factory), "exec"), names)
    return names[factory.__name__]()


def module(library):
    """The module of a library, httpx2 where that is installed and httpx is not; None where it is not installed."""
    for name in ("httpx", "httpx2") if library == "httpx" else (library,):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    return None


def trust(file):
    """Let each context for TLS of this process trust the certificate in a file, those that are there already too."""
    new = ssl.SSLContext.__new__

    def trusting(cls, *arguments, **keywords):
        context = new(cls, *arguments, **keywords)
        context.load_verify_locations(file)
        return context

    ssl.SSLContext.__new__ = trusting
    gc.unfreeze()  # what was imported before this process was forked
    for each in gc.get_objects():
        if issubclass(type(each), ssl.SSLContext):  # no isinstance, which asks lazy objects
            each.load_verify_locations(file)


def file_of(said):
    """A File of a `path`, of `bytes`, of an `open` file, or of a `pipe`, which is read once; one that gives
    `nothing` more ends late. The other members are its keywords."""
    from utilmeta.core.file import File

    said = dict(said)
    if "pipe" in said:
        reading, writing = os.pipe()
        text = said.pop("pipe")
        os.write(writing, text.encode())
        if said.pop("nothing", False):
            ends = threading.Timer(SILENT_SECONDS, os.close, [writing])
            ends.daemon = True
            ends.start()
        else:
            os.close(writing)
        source = os.fdopen(reading, "rb", buffering=0)
    elif "open" in said:
        source = open(said.pop("open"), "rb")  # noqa: SIM115 - the client's caller keeps it open
    else:
        source = said.pop("bytes").encode() if "bytes" in said else said.pop("path")
    kept.append(source)
    return File(source, **said)


def given(value):
    """A value of JSON, or what it stands for: `{"$timedelta": 1.5}`, `{"$cookies": "a=1"}`, `{"$bytes": "a"}`,
    `{"$zeros": 7}`, `{"$module": "httpx"}`, `{"$file": {"path": "a.txt"}}`."""
    if isinstance(value, list):
        return [given(each) for each in value]
    if not isinstance(value, dict):
        return value
    makers = {
        "$timedelta": lambda seconds: timedelta(seconds=seconds),
        "$cookies": SimpleCookie,
        "$bytes": str.encode,
        "$zeros": bytes,
        "$module": module,
        "$file": file_of,
    }
    for name, make in makers.items():
        if list(value) == [name]:
            return make(value[name])
    return {name: given(each) for name, each in value.items()}


def plain(value):
    """A value as JSON: objects by their class and attributes."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, bytes):
        return {"bytes": value.decode("latin-1")}
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    fields = vars(value).items() if hasattr(value, "__dict__") else ()
    return {"class": type(value).__name__, **{name: plain(each) for name, each in fields if name[:1] != "_"}}


def described(error):
    """An exception as JSON: its classes, most derived first, and the texts and reprs of it and of its causes."""
    texts = []
    each = error
    while each is not None and len(texts) < 20:
        texts += [str(each), repr(each), "".join(traceback.format_exception_only(type(each), each))]
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    types = [f"{base.__module__}.{base.__qualname__}" for base in type(error).__mro__]
    return {"types": types, "message": str(error), "texts": texts}


def facts(found):
    """What came of a call: what was raised, what a Response has, or else the value."""
    if isinstance(found, BaseException):
        return {"raised": described(found)}
    if not hasattr(found, "status"):
        return {"value": plain(found)}
    told = {"classes": [base.__name__ for base in type(found).__mro__], "repr": repr(found)}
    told.update({name: plain(getattr(found, name)) for name in ATTRIBUTES if hasattr(found, name)})
    headers = getattr(found, "headers", None)
    if hasattr(headers, "items"):
        told["headers"] = {str(name).lower(): plain(value) for name, value in headers.items()}
    told["read"] = {name: plain(getattr(headers, name, None)) for name in settings.get("headers", ())}
    error, request = getattr(found, "error", None), getattr(found, "request", None)
    told["error"] = described(error) if isinstance(error, BaseException) else plain(error)
    told["request"] = request and {
        "method": getattr(request, "method", None),
        "url": str(getattr(request, "url", None)),
        "repr": repr(request),
    }
    return told


def run(style, coroutine):
    """What a coroutine returns; one that awaits nothing, as in the style `sync`, runs without an event loop."""
    if style == "async":
        return asyncio.run(coroutine)
    try:
        coroutine.send(None)
    except StopIteration as done:
        return done.value
    raise RuntimeError("a call by a synchronous library waits for an event loop")


def looked(url):
    """What a peer says at a URL, asked without a client, until it says that no connection but this one is open."""
    place = urlsplit(url)
    until = time.monotonic() + CLOSED_SECONDS
    while True:
        connection = http.client.HTTPConnection(place.hostname, place.port, timeout=5)
        connection.request("GET", place.path)
        told = json.loads(connection.getresponse().read())
        connection.close()
        if told["open"] == 1 or time.monotonic() > until:
            return told["open"] - 1
        time.sleep(0.05)


class Calls:
    """Calls of one client: each is `[name, arguments, keywords]`, where a name is that of a request function, which
    may be a mount's (`shop.orders`), of a built-in function, or `enter`, `leave` (with an argument by an exception),
    `look`, `cancel` (after some seconds) and `kept`, which reads the Response of an earlier call again."""

    def __init__(self, client, style):
        self.client = client
        self.style = style
        self.found = []

    def begin(self, name, arguments, keywords):
        """Call a function; what it returns may have to be awaited."""
        asynchronous = self.style == "async"
        if name == "enter":
            return self.client.__aenter__() if asynchronous else self.client.__enter__()
        if name == "leave":
            error = (KeyError, KeyError("left"), None) if arguments else (None, None, None)
            return self.client.__aexit__(*error) if asynchronous else self.client.__exit__(*error)
        if name in BUILT_IN and asynchronous:
            name = f"async_{name}"
        function = self.client
        for part in name.split("."):
            function = getattr(function, part)
        return function(*given(arguments), **given(keywords))

    async def call(self, name, arguments=(), keywords=()):
        """Facts of a call, and how many seconds it took."""
        began = time.monotonic()
        if name == "look":
            return {"open": looked(*arguments)}
        if name == "kept":
            return facts(self.found[arguments[0]])
        try:
            if name == "cancel":
                seconds, *call = arguments
                return await asyncio.wait_for(self.begin(*call, {}), seconds)
            found = self.begin(name, list(arguments), dict(keywords))
            if inspect.isawaitable(found):
                found = await found
        except Exception as error:  # noqa: BLE001 - what it is is looked at
            found = error
        seconds = time.monotonic() - began
        self.found.append(found)
        if name in ("enter", "leave") and not isinstance(found, Exception):
            return {}
        return {**facts(found), "seconds": seconds}

    async def in_turn(self, calls):
        """Facts of calls one after the other."""
        return [await self.call(*each) for each in calls]


async def together(makers, calls):
    """Facts of calls at once, each of one of the `makers`, in threads or tasks."""
    begun = [makers[place].call(*each) for place, each in enumerate(calls)]
    if makers[0].style == "async":
        return list(await asyncio.gather(*begun))
    with ThreadPoolExecutor(len(begun)) as threads:
        running = [threads.submit(run, "sync", each) for each in begun]
        return [each.result(THREADS_SECONDS) for each in running]


def made(kind, base, options):
    """A client of a class."""
    return kind(*([] if base is None else [base]), **given(options))


def calling(*factories):
    """The probe of a scenario whose classes these functions return: `called`."""
    by_name = {factory.__name__: factory for factory in factories}

    def called(client, library, style, base, calls, options, set=(), at_once=False, shared=False):
        if module(library) is None:
            return {"lacks": library}
        settings.update(set)
        if "trust" in settings:
            trust(settings["trust"])

        async def whole():
            count = len(calls) if at_once and not shared else 1
            kind = styled(by_name[client], style)
            makers = [Calls(made(kind, base, options), style) for _ in range(count)]
            if shared:
                makers *= len(calls)
            found = await (together(makers, calls) if at_once else makers[0].in_turn(calls))
            return {"facts": found, "journal": journal, "client": repr(makers[0].client)}

        return run(style, whole())

    return called
