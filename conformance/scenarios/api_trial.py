"""How a declaration is tried: put into an application of the framework's own, or into a service of its own process."""

import importlib

import native_framework
from scenario import ASYNCHRONOUS, BACKEND, PRODUCTION, apart
from utilmeta import UtilMeta


def way(right):
    """The function that tries an API class, and its first argument; `right` makes a class that nothing is wrong with.

    It is `attach`, which is quick, or `build` where `__as__` does not take several classes for one application.
    """
    return (attach, application()) if apart(lambda: takes_several(right))[0] else (build, None)


def takes_several(right):
    target = application()
    try:
        for _ in range(2):
            attach(target, right())
    except Exception:  # noqa: BLE001 - it is another check's business
        return False
    return True


def application():
    """What `__as__` takes: an application of the framework's own, or its module."""
    made = native_framework.application(BACKEND)
    return importlib.import_module(BACKEND) if BACKEND in ("django", "tornado") else made


def attach(target, root):
    root.__as__(target, route="/declared", asynchronous=ASYNCHRONOUS)


class Refused(Exception):
    """What the process of a service that could not be built said."""


def build(target, root):
    """Build a service with this root API, in a process of its own; raises Refused with the error."""
    error, _ = apart(lambda: error_of(root))
    if error is not None:
        raise Refused(error)


def error_of(root):
    """The error of a service with this root API, None when it is built."""
    try:
        UtilMeta(
            __name__,
            name="api_trial",
            backend=BACKEND,
            asynchronous=ASYNCHRONOUS,
            production=PRODUCTION,
            api=root,
        ).application()
    except Exception as error:  # noqa: BLE001 - what it says is looked at
        return str(error)
    return None
