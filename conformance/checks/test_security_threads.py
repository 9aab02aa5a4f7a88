"""SECURITY-5: what waits for a thread while all are busy (security_busy_threads.py)."""

from __future__ import annotations

import contextlib
import select
import socket
import time
from collections.abc import Iterator, Sequence

import pytest

from conformance.checks.random_values import word
from conformance.contract.check import must
from conformance.foundation.deadline import ANSWER, Deadline
from conformance.foundation.exceptions import ServiceHung
from conformance.target.service import Service
from conformance.target.target import Target

REQUESTS = 90
"""That wait in their endpoints: more than any service has threads for, or else nothing waits for one."""

IN_TIME_SECONDS = 3.0  # of an answer that has 0.2 s, and of those that are refused at once
MAX_WAITING = 5
WITH_ROOM = 60  # places for all of REQUESTS that have no thread where there are 40 (ASYNC-4), and for some more
PART_SECONDS = 0.4  # of the 0.8 that an endpoint of 0.7 has


class Crowd:
    """Requests that were sent at once, each on a connection of its own and with a mark."""

    def __init__(self, service: Service, path: str, gate: str, stack: contextlib.ExitStack) -> None:
        self.service = service
        self.gate = gate
        self.sent: dict[str, socket.socket] = {}
        for _ in range(REQUESTS):
            mark = word()
            self.sent[mark] = stack.enter_context(service.leave(f"{path}?gate={gate}&mark={mark}"))

    def begun(self) -> Sequence[str]:
        """The marks of those that have begun."""
        return [mark for mark in begun(self.service) if mark in self.sent]

    def answered(self) -> Sequence[str]:
        """The marks of those that are answered."""
        ready, _, _ = select.select(self.sent.values(), [], [], 0)
        return [mark for mark, connection in self.sent.items() if connection in ready]

    def waiting(self, most: int) -> int:
        """How many have neither begun nor been answered, as soon as these are no more than `most`."""
        until = Deadline.after(IN_TIME_SECONDS)
        while True:
            found = REQUESTS - len(self.begun()) - len(self.answered())
            if found <= most or until.passed:
                return found
            time.sleep(0.02)

    def settle(self) -> int:
        """How many have neither begun nor been answered, when no more of them do."""
        found, before = self.waiting(REQUESTS), -1
        while found != before:
            time.sleep(0.05)
            before, found = found, self.waiting(REQUESTS)
        return found

    def statuses(self) -> dict[str, int]:
        """The status of every answer, by mark, when all may end."""
        (self.service.folder / self.gate).touch()
        until = Deadline.after(ANSWER)
        return {mark: status(connection, until) for mark, connection in self.sent.items()}


def status(connection: socket.socket, until: Deadline) -> int:
    connection.settimeout(max(until.left, 0.001))
    with contextlib.suppress(TimeoutError):
        answer = connection.recv(65536)
        if answer.startswith(b"HTTP/1.1 "):
            return int(answer[9:12])
    return 0


def begun(service: Service) -> Sequence[str]:
    """The marks of all functions that have begun."""
    file = service.folder / "begun"
    return file.read_text().split() if file.exists() else []


@contextlib.contextmanager
def crowd(service: Service, path: str) -> Iterator[Crowd]:
    """While requests keep threads busy; they end with it."""
    gate = word()
    with contextlib.ExitStack() as stack:
        stack.callback((service.folder / gate).touch)
        yield Crowd(service, path, gate, stack)


def in_time_or_never(service: Service, way: str) -> None:
    """While others keep the threads busy a timed request of `way` is answered in time, and if with 503, then its plain
    function does not run later."""
    with crowd(service, f"/api/{way}/wait") as others:
        until, all_began, waited, mark = Deadline.after(IN_TIME_SECONDS), False, False, ""
        while not (waited or all_began or until.passed):
            all_began, mark = len(others.begun()) == REQUESTS, word()
            try:
                answer = service.get(f"/api/{way}/timed?mark={mark}", seconds=IN_TIME_SECONDS)
            except ServiceHung:
                pytest.fail("the time of an endpoint passes while it waits for a thread, and it is not answered")
            waited = mark not in begun(service)
            if waited:
                assert answer.status == 503
        found = {*others.statuses().values()}
        assert found == {200}, f"others that waited are answered {found}"
    after = word()
    assert service.get(f"/api/{way}/timed?mark={after}").text == after
    assert after in begun(service)
    assert not waited or mark not in begun(service), "it was answered 503, and is called later"


@must("SECURITY-5a", kills=("security_time_begins_with_a_thread", "security_late_calls_run_later"))
def test_the_time_that_an_endpoint_waits_for_a_thread_is_its_own(target: Target) -> None:
    in_time_or_never(target.shared("security_busy_threads"), "plain")


@must("SECURITY-5b", kills="security_late_calls_run_later")
def test_a_hook_that_waits_for_a_thread_is_not_called_after_the_endpoints_time(target: Target) -> None:
    in_time_or_never(target.shared("security_busy_threads"), "hooked")


def no_more_wait(service: Service, most: int) -> None:
    """Of many requests so many wait for a thread, again and again."""
    for _ in range(2):
        with crowd(service, "/api/plain/wait") as many:
            waiting = many.waiting(most)
            assert waiting <= most, f"of {REQUESTS} requests {waiting} wait for a thread"
            found = many.statuses()
            refused = {mark for mark, status in found.items() if status == 503}
            assert sorted({*found.values()} - {200, 503}) == []
            assert not refused or waiting == most, f"{len(refused)} are refused while {waiting} wait"
            assert {*many.begun()} == found.keys() - refused
    for _ in range(most + 1):
        mark = word()
        assert service.get(f"/api/plain/at_once?mark={mark}").text == mark


@must("SECURITY-5c", kills=("security_any_number_waits", "security_places_are_not_given_back"))
def test_no_more_wait_for_a_thread_than_there_are_places_for(target: Target) -> None:
    no_more_wait(target.shared("security_busy_threads", max_waiting=MAX_WAITING), MAX_WAITING)


@must("SECURITY-5c", kills="security_no_places_are_the_default")
def test_none_waits_for_a_thread_where_there_is_no_place(target: Target) -> None:
    no_more_wait(target.shared("security_busy_threads", max_waiting=0), 0)


@must("SECURITY-5c", kills="security_places_of_the_late_are_kept")
def test_a_call_whose_time_passed_while_it_waited_gives_its_place_back(target: Target) -> None:
    service = target.shared("security_busy_threads", max_waiting=WITH_ROOM)
    with crowd(service, "/api/plain/wait") as others, contextlib.ExitStack() as stack:
        others.settle()
        late = [stack.enter_context(service.leave(f"/api/plain/timed?mark={word()}")) for _ in range(WITH_ROOM)]
        until = Deadline.after(ANSWER)
        assert sorted({status(each, until) for each in late} - {200, 503}) == []
        room = WITH_ROOM - others.settle()
        more = [
            stack.enter_context(service.leave(f"/api/plain/wait?gate={others.gate}&mark={word()}")) for _ in range(room)
        ]
        others.statuses()
        found = {status(each, until) for each in more}
        assert found <= {200}, f"those that waited where others had given up are answered {found}"


@must("SECURITY-5a", kills="security_waiting_takes_no_time")
def test_an_endpoint_that_waited_for_a_thread_has_the_rest_of_its_time(target: Target) -> None:
    service = target.shared("security_busy_threads")
    with crowd(service, "/api/plain/wait") as others:
        others.settle()
        mark = word()
        with service.leave(f"/api/plain/long?mark={mark}") as late:
            time.sleep(PART_SECONDS)
            waited = mark not in begun(service)
            others.statuses()
            found = status(late, Deadline.after(ANSWER))
    assert not waited or found == 503, f"it waited for half of its time and then took most of it, and is {found}"


@must("SECURITY-5b", kills="security_after_hooks_run_late")
@pytest.mark.parametrize("way", ["after", "failed"])
def test_a_hook_after_the_endpoint_that_waits_is_not_called_after_the_endpoints_time(target: Target, way: str) -> None:
    in_time_or_never(target.shared("security_busy_threads"), way)
