"""Finds the members of API classes without which a service can be built, by loading its scenario in child processes."""

import json
import os
import re
import select
import signal
import time
from collections.abc import Iterable
from typing import Any

from conformance_agent import scenario_loader, stand_ins
from conformance_agent.scenario_execution import Removal

MOST_TRIALS = 12
SECONDS = 6.0  # for all trials


class _Trial:
    """What loading a scenario in a child process gave: the error of its application, "" where there is one."""

    def __init__(self, error: str, endpoints: "list[str]", named: bool) -> None:
        self.error = error
        self.endpoints = endpoints
        self.named = named


def search(order: "dict[str, Any]") -> "dict[str, Removal]":
    """Return the endpoints to remove so that the scenario's application can be built; {} where that is found in no way.

    Endpoints that the error names are removed first; where it names none, halves of them until one is left. An endpoint
    whose stub is refused too goes without one.
    """
    until = time.monotonic() + SECONDS
    trials = 0
    removals: dict[str, Removal] = {}
    first = trial = _run(order, removals, until)
    if trial.named:  # the application is missing because of a documented name: no endpoint is to blame
        return {}
    while trial.error and trials < MOST_TRIALS and time.monotonic() < until:
        trials += 1
        blamed = _blamed(trial, removals) or _halved(order, trial, removals, until)
        if not blamed:
            return {}
        for key in blamed:
            removals[key] = Removal(trial.error, stubbed=key not in removals)
        trial = _run(order, removals, until)
        if not trial.endpoints:
            trial.endpoints = first.endpoints
    return {} if trial.error else removals


def _blamed(trial: _Trial, removals: "dict[str, Removal]") -> "list[str]":
    """The endpoints that the error names, by the class and the member, or by the member alone."""
    words = set(re.findall(r"\w+", trial.error))
    left = [key for key in trial.endpoints if key not in removals or removals[key].stubbed]
    members = [key for key in left if key.rsplit(".", 1)[1] in words]
    exactly = [key for key in members if key.rsplit(".", 2)[1] in words]
    return exactly or members


def _halved(order: "dict[str, Any]", trial: _Trial, removals: "dict[str, Removal]", until: float) -> "list[str]":
    """One endpoint without which the error is another one or none, found by removing halves; [] if there is none."""
    suspects = [key for key in trial.endpoints if key not in removals]

    def helps(chosen: Iterable[str]) -> bool:
        without = {**removals, **{key: Removal(trial.error, stubbed=False) for key in chosen}}
        return time.monotonic() < until and _run(order, without, until).error != trial.error

    if not suspects or not helps(suspects):
        return []
    while len(suspects) > 1:
        half = suspects[: len(suspects) // 2]
        suspects = half if helps(half) else suspects[len(half) :]
        if time.monotonic() >= until:
            return []
    return suspects


def _run(order: "dict[str, Any]", removals: "dict[str, Removal]", until: float) -> _Trial:
    """Load the scenario in a child process without these endpoints."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            _report(order, removals, writing)
        finally:
            os._exit(0)
    os.close(writing)
    told = b""
    try:
        while select.select([reading], [], [], max(0.0, until - time.monotonic()))[0]:
            data = os.read(reading, 65536)
            if not data:
                break
            told += data
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    try:
        return _Trial(**json.loads(told))
    except ValueError:
        return _Trial("the process that loaded it gave no answer", [], named=False)


def _report(order: "dict[str, Any]", removals: "dict[str, Removal]", writing: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.environ["SCENARIO_EVENTS"] = os.devnull
    missing = stand_ins.MissingParts(os.devnull, "")
    endpoints: list[str] = []
    error, named = "", False
    try:
        scenario, endpoints = scenario_loader.load(order["scenario"], order["folder"], missing, removals)
        number = stand_ins.number_of(scenario.app)
        if number is not None:
            error, named = missing.parts[number].error, bool(missing.parts[number].name)
    except BaseException as raised:  # noqa: BLE001 - it is reported
        error = stand_ins.in_a_line(raised)
    os.write(writing, json.dumps({"error": error, "endpoints": endpoints, "named": named}).encode())
