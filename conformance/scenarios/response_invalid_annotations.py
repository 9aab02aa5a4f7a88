"""Probe: return annotations of endpoints and hooks, each tried in an application; it returns their errors."""

import functools
from typing import Any, AsyncIterator, BinaryIO, Coroutine, Dict, Generator, Iterator, List, Optional, TextIO

from api_trial import way
from utilmeta.core import api

ANNOTATIONS = {
    "Iterator": Iterator[int],
    "Generator": Generator[int, None, None],
    "AsyncIterator": AsyncIterator[int],
    "Coroutine": Coroutine[Any, Any, int],
    "BinaryIO": BinaryIO,
    "TextIO": Optional[TextIO],
    "in a dict": Dict[str, Iterator[int]],
    "nothing wrong": List[int],
}
HOOKS = {"endpoint": api.get, "before": api.before("*"), "after": api.after("*"), "handle": api.handle("*")}


def annotated():
    """The error of an application whose endpoint or hook, of each kind, has each of these annotations."""
    put, target = way(functools.partial(declare, int, "endpoint"))
    return {what: [tried(put, target, annotation, hook) for hook in HOOKS] for what, annotation in ANNOTATIONS.items()}


def declare(annotation, hook):
    def culprit(self, given: str = ""):
        return ""

    def endpoint(self):
        return ""

    endpoint.__name__ = "endpoint"
    culprit.__qualname__ = "CulpritAPI.culprit"
    culprit.__annotations__ = {"return": annotation}
    members = {"culprit": HOOKS[hook](culprit), "endpoint": api.get(endpoint)}
    return type("CulpritAPI", (api.API,), {"__module__": __name__, **members})


def tried(put, target, annotation, hook):
    try:
        put(target, declare(annotation, hook))
    except Exception as error:  # noqa: BLE001 - what it says is looked at
        return str(error)
    return None
