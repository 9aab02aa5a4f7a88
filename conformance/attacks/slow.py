"""Attacks by slow or vanishing clients: threads, connections and descriptors that they hold, and a stop meanwhile."""

from __future__ import annotations

import contextlib
import signal

import psutil

from conformance.attacks.attack import TIME, Allowance, Attempt, Victim, attack
from conformance.attacks.connection import cut, hold, open_many

MEANWHILE = Allowance(meanwhile=True)
MANY = 100
SPARE = 40  # descriptors that a service has left where they are to run out
GRACEFUL = 1  # seconds
STOP = GRACEFUL + 5  # on a busy machine too


@attack(TIME, "busy threads", harmful=True, allowance=MEANWHILE)
def busy_threads(victim: Victim) -> Attempt:
    """150 requests for an endpoint whose `timeout` of 0.3 s is long over before it ends"""
    with open_many(victim, 150, victim.head("GET", "/api/stuck", "Connection: close")) as connections:
        return Attempt(hold(victim, connections))


@attack(TIME, "slow heads", harmful=True, allowance=MEANWHILE)
def slow_heads(victim: Victim) -> Attempt:
    """100 connections with the beginning of a head, of which one more byte comes now and then"""
    with open_many(victim, MANY, victim.head("GET", "/api/nonce")[:-2] + b"X-A: ") as connections:
        return Attempt(hold(victim, connections, b"a"))


@attack(TIME, "slow bodies", harmful=True, allowance=MEANWHILE)
def slow_bodies(victim: Victim) -> Attempt:
    """100 requests whose body comes byte by byte"""
    begin = victim.head("POST", "/api/tree", "Content-Type: application/json", "Content-Length: 1000") + b"["
    with open_many(victim, MANY, begin) as connections:
        return Attempt(hold(victim, connections, b"1,"))


@attack(TIME, "idle connections", harmful=True, allowance=MEANWHILE)
def idle(victim: Victim) -> Attempt:
    """200 connections on which nothing is sent"""
    with open_many(victim, 2 * MANY) as connections:
        return Attempt(hold(victim, connections))


@attack(TIME, "no descriptors left", harmful=True)
def descriptors(victim: Victim) -> Attempt:
    """More connections than the service may have descriptors, each with a request; afterwards it has to answer again"""
    for process in victim.service.processes():
        with contextlib.suppress(psutil.Error):
            most = process.num_fds() + SPARE
            process.rlimit(psutil.RLIMIT_NOFILE, (most, most))
    with open_many(victim, MANY, victim.head("GET", "/api/nonce")) as connections:
        return Attempt(hold(victim, connections))


@attack(
    TIME,
    "cut requests, then a stop",
    harmful=True,
    ends=True,
    settings={"production": "1", "graceful_timeout": f"{GRACEFUL}"},
)
def cut_and_stop(victim: Victim) -> Attempt:
    """Requests cut in head, body and answer, others that stay open, then SIGTERM, with a `graceful_timeout` of 1 s"""
    begins = (
        victim.head("GET", "/api/stuck")[:-2],
        victim.head("POST", "/api/tree", "Content-Type: application/json", "Content-Length: 1000") + b"[1",
        victim.head("GET", "/api/stuck"),
        b"",
    )
    with contextlib.ExitStack() as stack:
        opened = [stack.enter_context(open_many(victim, 8, begin)) for begin in begins]
        for connections in opened:
            for connection in connections[:4]:
                cut(connection)
        victim.service.signal(signal.SIGTERM)
        return Attempt((), late=not victim.service.ended_within(STOP))
