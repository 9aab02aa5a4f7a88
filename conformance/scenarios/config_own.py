"""A configuration of the user's own, by the names of the guides; run as a script, it writes when each was called.

SCENARIO_BOTH has it declare startup and shutdown under both names, on an asynchronous variant as `async def`;
SCENARIO_HEIR has it inherit all from another one. The others are probes of `hook`, `setup` and `__init__`.
"""

import json
import os
import sys

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, given, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.conf import Config
from utilmeta.core import api


def note(event, service=None):
    given = "" if service is None else " given its service" if isinstance(service, UtilMeta) else " given another"
    with open(os.environ["SCENARIO_EVENTS"], "a") as journal:
        journal.write(json.dumps({"event": event + given, "pid": os.getpid()}) + "\n")


class Own(Config):
    word: str = "unset"

    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def hook(self, service):
        note(f"hook {self.word}", service)

    def setup(self, service):
        note(f"setup {self.word}", service)

    def on_startup(self, service):
        note(f"on_startup {self.word}", service)

    def on_shutdown(self, service):
        note(f"on_shutdown {self.word}", service)


class Heir(Own):
    pass


def both(word):
    """A configuration that declares startup and shutdown under both names, which not everybody allows."""

    class Both(Own):
        on_startup = in_mode(Own.on_startup)
        on_shutdown = in_mode(Own.on_shutdown)

        def startup(self, service):
            note(f"startup {self.word}", service)

        def shutdown(self, service):
            note(f"shutdown {self.word}", service)

    return Both(word=word)


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        note("request")
        return NONCE


def construct():
    return UtilMeta(
        __name__,
        name="config_own",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
        **given(host=str, port=int),
    )


def set_up_again(calls, failures):
    """Of three configurations, the second of which fails so often: what each call of the service raises, and which of
    them it has set up or tried to."""
    service = construct()
    tried = []

    class First(Config):
        @in_mode
        def setup(self, service):
            tried.append("first")

    class Second(Config):
        @in_mode
        def setup(self, service):
            tried.append("second")
            if tried.count("second") <= failures:
                raise OSError("second")

    class Third(Config):
        @in_mode
        def setup(self, service):
            tried.append("third")

    for kind in (First, Second, Third):
        service.use(kind())
    told = []
    for call in calls:
        before = len(tried)
        try:
            getattr(service, call)()
            raised = None
        except OSError as error:
            raised = str(error)
        told.append([raised, tried[before:]])
    return told


def keywords(word):
    """The keyword of a configuration that has an `__init__` of its own, when the service uses it."""
    service = construct()
    own = Own(word=word)
    service.use(own)
    return {"word": own.word}


def hooked(fails):
    """What the `hook` of a configuration finds when it is called; one whose first call raises, where `fails`, is used
    again."""
    service, found, failing = construct(), [], [fails]

    class Hooked(Config):
        def hook(self, service):
            found.append(service.get_config(Hooked) is self)
            if failing.pop():
                failing.append(False)
                raise LookupError("the hook")
            failing.append(False)

    raised = None
    try:
        service.use(Hooked())
    except LookupError as error:
        raised = str(error)
    between = service.get_config(Hooked) is not None
    if fails:
        service.use(Hooked())
    service.application()
    return {"found": found, "raised": raised, "between": between, "used": service.get_config(Hooked) is not None}


if __name__ == "__main__":
    service = construct()
    kind = both if "SCENARIO_BOTH" in os.environ else Heir if "SCENARIO_HEIR" in os.environ else Own
    service.use(kind(word=NONCE))
    with_a_key(service)
    app = service.application()
    sys.exit(service.run())
