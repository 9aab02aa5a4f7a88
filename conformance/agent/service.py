"""A service's own process from start to end: environment, scenario, then a server or the answer to a probe."""

import importlib
import importlib.util
import json
import os
import socket
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, NoReturn

from conformance_agent import introspection, scenario_loader, servers, stand_ins
from conformance_agent.build_search import search

Order = dict[str, Any]

HARNESS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HELPERS = [os.path.join(HARNESS, name) for name in ("mutants", "variations")]


class Reporter:
    """Writes reports of this process, one JSON object a line, to the pipe that the supervisor reads."""

    def __init__(self, descriptor: int, order: Order) -> None:
        self.descriptor = descriptor
        self.order = order

    def __call__(self, event: str, **facts: Any) -> None:
        line = json.dumps({"id": self.order["id"], "event": event, **facts}) + "\n"
        data = line.encode()
        while data:
            data = data[os.write(self.descriptor, data) :]


def live(order: Order, descriptor: int) -> NoReturn:
    """Carry out the order and report; never returns."""
    report = Reporter(descriptor, order)
    phase = "environment"
    missing: stand_ins.MissingParts | None = None
    status = 0
    try:
        os.environ.update(order["environment"])
        os.chdir(order["folder"])
        sys.path.insert(0, order["folder"])
        introspection.share_counter(order["dispatches"])
        phase = "mutant"
        for file in order["mutants"]:
            load_mutant(file)
        phase = "import"
        missing = stand_ins.MissingParts(order["calls"], order["marker"])
        scenario = load(order, missing)
        if order["do"] == "probe":
            phase = "probe"
            function = getattr(scenario, order["function"])
            answer(function, order["arguments"], report, missing)
        else:
            require_built(scenario)
            phase = "serve"
            serve(scenario.app, order, report, missing)
    except BaseException as error:  # noqa: BLE001 - whatever ends a service is reported
        report("failed", phase=phase, missing=missing.as_json() if missing else [], **description(error))
        traceback.print_exc()
        status = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def load_mutant(file: str) -> None:
    """Execute the file of a mutant or variation over the implementation; it may import modules of HELPERS."""
    sys.path[:0] = HELPERS
    spec = importlib.util.spec_from_file_location("conformance_mutant", file)
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    del sys.path[: len(HELPERS)]


def load(order: Order, missing: stand_ins.MissingParts) -> ModuleType:
    """Import the scenario: as it is, or, where the order says so, without the parts that the implementation lacks."""
    if not order["tolerant"]:
        return importlib.import_module(order["scenario"])
    removals = search(order) if order["do"] == "serve" else {}
    scenario: ModuleType = scenario_loader.load(order["scenario"], order["folder"], missing, removals)[0]
    return scenario


def require_built(scenario: ModuleType) -> None:
    """Raise Missing where something stands in the place of the scenario's application."""
    if stand_ins.number_of(scenario.app) is not None:
        scenario.app()


def answer(
    function: Callable[..., Any], arguments: Mapping[str, Any], report: Reporter, missing: stand_ins.MissingParts
) -> None:
    """Call the probe, and report its value or the exception it raises, and the documented name that this one lacks."""
    try:
        value = function(**arguments)
    except Exception as error:  # noqa: BLE001 - what a probe raises is its answer
        traceback.print_exc()
        name = stand_ins.documented(error)
        if name:
            missing.add(name, stand_ins.RAISED, stand_ins.in_a_line(error), name)
        report("raised", missing=missing.as_json(), **description(error))
    else:
        report("answered", value=value, missing=missing.as_json())


def serve(application: object, order: Order, report: Reporter, missing: stand_ins.MissingParts) -> None:
    """Listen, so that the first request waits in the queue and is never refused, then hand the socket to the server."""
    host = order["host"]
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, order["port"]))
    listener.listen(1024)
    listener.setblocking(True)
    run = servers.BY_NAME[order["server"]]

    def serving(**facts: Any) -> None:
        report(
            "serving",
            pid=os.getpid(),
            thread=threading.get_ident(),
            address=list(listener.getsockname()[:2]),
            application=introspection.classes(application),
            missing=missing.as_json(),
            **facts,
        )

    run(application, listener, order["options"], serving)


def description(error: BaseException) -> dict[str, Any]:
    """Describe an exception for the harness: its classes (most derived first), message and traceback."""
    return {
        "types": [introspection.class_name(base) for base in type(error).__mro__],
        "message": str(error),
        "traceback": "".join(traceback.format_exception(type(error), error, error.__traceback__)),
    }
