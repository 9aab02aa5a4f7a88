"""ASYNC: what a mode serves and refuses (async_mode_refusals.py), where functions run (async_concurrency.py)."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from conformance.checks.random_values import word
from conformance.checks.result import result, spoken
from conformance.checks.script_run import Life
from conformance.contract.backend import Mode
from conformance.contract.check import must
from conformance.contract.variant import Start, Variant
from conformance.foundation import loopback
from conformance.foundation.deadline import ANSWER, Deadline
from conformance.foundation.exceptions import ServiceDied, ServiceHung
from conformance.target.service import Service, Started
from conformance.target.target import Target

SLEEPERS = 40


@pytest.fixture
def meanwhile(target: Target) -> Service:
    return target.shared("async_concurrency")


@pytest.fixture
def crowded(target: Target) -> Service:
    """One of the check's own: where endpoints keep each other waiting, no other check waits for them."""
    return target.serve("async_concurrency")


def where(service: Started, path: str, number: int = 0) -> dict[str, Any]:
    """The place that the endpoint at `path` tells."""
    found: dict[str, Any] = result(service.get(path))
    return found


def at_once(number: int, ask: Callable[[int], Any]) -> list[Any]:
    """What `ask` gives for each number, all asked at the same time."""
    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(ask, range(number)))


def the_only(found: Collection[Any]) -> Any:
    """What there is one of."""
    assert len(found) == 1, f"not one, but {len(found)}: {found}"
    return next(iter(found))


def sleepers(service: Started) -> int:
    """How many requests sleep, as the service says."""
    return int(result(service.get("/api/asleep", seconds=ANSWER / 2))["asleep"])


def seen(service: Service, name: str) -> Any:
    """What the startup hook of that name saw."""
    found = result(service.get("/api/hooks"))["hooks"]
    assert name in found, f"the hook has not run: {found}"
    return found[name]


@contextlib.contextmanager
def asleep(service: Started, path: str, number: int) -> Iterator[None]:
    """While `number` requests sleep at `path`, as the service says; then they wake, and each must be answered."""
    gate = word()
    with ThreadPoolExecutor(number) as pool:
        sleeping = [pool.submit(service.get, f"{path}?gate={gate}", seconds=2 * ANSWER) for _ in range(number)]
        try:
            until = Deadline.after(ANSWER)
            while (found := sleepers(service)) < number and not until.passed:
                continue
            assert found == number, f"of {number} requests at {path}, {found} are in their endpoint"
            yield
        finally:
            (service.folder / gate).touch()
    for entry in sleeping:
        assert entry.result().status == 200, str(entry.result())


@must("ASYNC-1", kills="async_django_is_asgi")
@pytest.mark.parametrize(("asynchronous", "mode"), [(None, Mode.SYNC), (False, Mode.SYNC), (True, Mode.ASYNC)])
def test_django_gives_a_wsgi_application_unless_it_is_asked_for_an_asgi_one(
    target: Target, asynchronous: bool | None, mode: Mode
) -> None:
    classes = target.probe("async_mode_refusals", "application_class", asynchronous=asynchronous).value
    expected, other = (target.backend.applications[entry] for entry in (mode, *(set(Mode) - {mode})))
    assert expected in classes
    assert other not in classes


@must("ASYNC-2", kills="async_endpoint_without_a_loop")
def test_an_async_def_endpoint_is_awaited(target: Target) -> None:
    service = target.shared("async_documented")
    assert spoken(service.get("/api/awaited")) == service.nonce[::-1]


@must("ASYNC-2b", start=Start.SCRIPT, kills="async_hook_not_awaited")
def test_an_async_def_startup_hook_runs(interrupted: Life) -> None:
    assert "startup-1" in interrupted.names(), interrupted.output


@must("ASYNC-2c", kills="async_hook_not_awaited")
def test_an_async_def_endpoint_uses_what_an_async_def_hook_has_opened(meanwhile: Service) -> None:
    sent = word()
    assert meanwhile.get(f"/api/awaited/sent/{sent}").text == sent[::-1]


@must("ASYNC-2c", kills="async_hook_not_awaited")
def test_an_async_def_hook_is_awaited_to_its_end(meanwhile: Service) -> None:
    assert seen(meanwhile, "awaited")["loop"] is not None


@must("ASYNC-2c", start=Start.SCRIPT, kills="async_hook_not_awaited")
def test_async_def_hooks_at_both_ends_of_a_life_are_awaited(in_development: Life) -> None:
    hooks = {"startup-1", "startup-2", "shutdown-1", "shutdown-2"}
    assert hooks - set(in_development.names()) == set(), in_development.output
    assert None not in in_development.loops("startup") | in_development.loops("shutdown")


def refused(message: str, name: str) -> None:
    assert name in message
    assert "asynchronous=True" in message


@must("ASYNC-3", kills=("async_endpoint_in_a_synchronous_service", "async_synchronous_by_as_not_given"))
@pytest.mark.parametrize("kind", ["function", "mounted", "the class's own path", "wrapped", "put in"])
def test_an_async_def_endpoint_is_refused_when_the_application_is_built(target: Target, kind: str) -> None:
    name = word()
    refused(target.probe("async_mode_refusals", "endpoint", name=name, kind=kind).message, name)


@must("ASYNC-3", kills="async_shutdown_hook_in_a_synchronous_service")
@pytest.mark.parametrize("kind", ["function", "partial", "object"])
@pytest.mark.parametrize("moment", ["on_startup", "on_shutdown"])
def test_an_async_def_hook_is_refused_when_the_application_is_built(target: Target, moment: str, kind: str) -> None:
    name = word()
    refused(target.probe("async_mode_refusals", "hook", name=name, kind=kind, moment=moment).message, name)


@must("ASYNC-3", kills="async_coroutine_sent_as_text")
def test_a_coroutine_that_a_plain_endpoint_returns_is_awaited_or_an_error(target: Target) -> None:
    service = target.shared("async_mode_refusals", served="without")
    answer = service.get("/api/coroutine")
    if answer.status == 200:
        assert answer.text == service.nonce
    else:
        assert answer.status == 500


@must("ASYNC-3", start=Start.SCRIPT, kills="async_coroutine_of_a_hook_dropped")
def test_a_coroutine_that_a_plain_hook_returns_is_awaited_or_an_error(target: Target) -> None:
    port = loopback.free_port("127.0.0.1")
    script = target.script(
        "async_mode_refusals", address=("127.0.0.1", port), wait=False, served="with the hook", port=port
    )
    try:
        script.answers(Deadline.after(ANSWER), "/api/nonce")
    except ServiceDied:
        assert script.exit_status != 0, script.output
        assert "returns_a_coroutine" in script.output
    else:
        assert script.event_names() == ["awaited"], "the hook's coroutine was dropped"


@must("ASYNC-4", kills=("async_plain_endpoint_on_the_loop", "async_forty_threads"))
def test_forty_plain_endpoints_that_sleep_keep_no_other_request_waiting(crowded: Service, variant: Variant) -> None:
    others = ["/api/plain/place", *(["/api/awaited/place"] if variant.asynchronous else [])]
    try:
        with asleep(crowded, "/api/plain/sleep", SLEEPERS):
            for path in others:
                result(crowded.get(path, seconds=ANSWER / 2))
            assert sleepers(crowded) == SLEEPERS
    except ServiceHung as hung:
        raise AssertionError(f"another request is kept waiting: {hung}") from hung


@must("ASYNC-5a", kills="async_endpoint_without_a_loop")
def test_async_def_endpoints_run_in_the_thread_of_the_servers_loop(meanwhile: Service) -> None:
    places = at_once(8, functools.partial(where, meanwhile, "/api/awaited/place"))
    places += [where(meanwhile, "/api/awaited/place") for _ in range(2)]
    assert {place["thread"] for place in places} == {meanwhile.facts["thread"]}
    loop = the_only({place["loop"] for place in places})
    assert loop is not None
    assert seen(meanwhile, "awaited")["loop"] == loop


@must("ASYNC-5b", kills="async_loop_for_each_request")
def test_async_def_endpoints_share_one_loop_that_outlives_the_request(meanwhile: Service) -> None:
    one_loop(meanwhile, processes=1)


@must("ASYNC-5b", kills="async_loop_for_each_request")
def test_a_startup_hook_opens_what_the_requests_after_it_use(meanwhile: Service) -> None:
    for sent in (word(), word()):
        assert meanwhile.get(f"/api/awaited/sent/{sent}").text == sent[::-1]


@must("ASYNC-5b", start=Start.DEPLOYED, kills="async_loop_on_a_greenlet")
@pytest.mark.parametrize("preload", [[], ["--preload"]], ids=["loaded by each worker", "preloaded"])
def test_gevent_does_not_break_the_loop(target: Target, preload: list[str]) -> None:
    host, port = target.host, loopback.free_port(target.host)
    workers = ["--worker-class", "gevent", "--workers", "2", "--no-control-socket"]
    server = ["gunicorn", *workers, "--bind", f"{host}:{port}", *preload, "async_concurrency:app"]
    service = target.deployed("async_concurrency", server, address=(host, port))
    one_loop(service, processes=2)
    for sent in (word() for _ in range(4)):
        assert service.get(f"/api/awaited/sent/{sent}").text == sent[::-1]
    gate = word()
    with ThreadPoolExecutor(8) as pool:
        sleeping = [pool.submit(service.get, f"/api/awaited/sleep?gate={gate}") for _ in range(8)]
        try:
            for path in ("/api/plain/place", "/api/awaited/place") * 4:
                result(service.get(path, seconds=ANSWER / 2))
        finally:
            (service.folder / gate).touch()
    for entry in sleeping:
        assert entry.result().status == 200, str(entry.result())


def one_loop(service: Started, processes: int) -> None:
    """Each of that many processes has one loop, in one thread of the system that no plain endpoint runs in."""
    awaited: dict[int, list[dict[str, Any]]] = {}
    plain: dict[int, list[dict[str, Any]]] = {}
    until = Deadline.after(ANSWER)
    while len(awaited) < processes or len(plain) < processes:
        assert not until.passed, f"{len(awaited)} of {processes} processes have answered"
        for places, path in ((awaited, "/api/awaited/place"), (plain, "/api/plain/place")):
            for place in at_once(8, functools.partial(where, service, path)):
                places.setdefault(place["pid"], []).append(place)
    for pid, places_of_one in awaited.items():
        loop = the_only({place["loop"] for place in places_of_one})
        assert loop is not None
        thread = the_only({place["native thread"] for place in places_of_one})
        assert thread not in {place["native thread"] for place in plain.get(pid, ())}, (
            "the loop has no thread of its own"
        )
        assert {place["loop"] for place in plain.get(pid, ())} <= {None}


@must("ASYNC-6", kills="async_request_kept_on_the_class")
@pytest.mark.parametrize("parties", [2, 8])
def test_requests_that_meet_in_plain_endpoints_each_see_their_own(crowded: Service, parties: int) -> None:
    meet(crowded, "/api/plain", parties)


@must("ASYNC-6", kills="async_request_of_the_thread")
@pytest.mark.parametrize("parties", [2, 8])
def test_requests_that_meet_in_endpoints_of_the_mode_each_see_their_own(
    crowded: Service, variant: Variant, parties: int
) -> None:
    meet(crowded, "/api/awaited" if variant.asynchronous else "/api/plain", parties)


def meet(service: Service, path: str, parties: int) -> None:
    """Send that many requests that go on when all of them are in the endpoint."""
    meeting, words = word(), [word() for _ in range(parties)]
    paths = [f"{path}/meet/{meeting}/{mine}" for mine in words]

    def ask(number: int) -> Any:
        sent = [("X-Word", words[number])]
        return result(service.get(f"{paths[number]}?parties={parties}", headers=sent))

    for number, found in enumerate(at_once(parties, ask)):
        own = {"header": words[number], "path": paths[number], "kept": words[number]}
        assert found == {"before": own, "after": own, "word": words[number]}


@must("ASYNC-7", kills="async_plain_hook_on_the_loop")
def test_a_plain_hook_runs_off_the_event_loop(meanwhile: Service, variant: Variant) -> None:
    place = seen(meanwhile, "plain")
    assert place["pid"] == meanwhile.pid
    assert place["loop"] is None
    if variant.on_a_loop:
        assert place["thread"] != meanwhile.facts["thread"]


@must("ASYNC-7", start=Start.SCRIPT, kills="async_plain_hook_on_the_loop")
def test_plain_hooks_at_both_ends_of_a_life_run_off_the_event_loop(in_development: Life) -> None:
    assert in_development.names("plain") == ["plain startup", "plain shutdown"], in_development.output
    assert in_development.loops("plain") == {None}


@must("ASYNC-7b", kills="async_plain_hook_on_the_loop")
def test_djangos_orm_works_in_a_plain_hook(target: Target) -> None:
    service = target.shared("async_concurrency", orm=1)
    assert seen(service, "row") == service.nonce
