"""PLUGIN and CONFIG: configurations of the user's own, by the names that the guides have (config_own.py)."""

from __future__ import annotations

import signal
from typing import Any

import pytest

from conformance.contract.check import must
from conformance.contract.variant import Start
from conformance.foundation import loopback, seeded_random
from conformance.foundation.deadline import ANSWER, wait_until
from conformance.target.target import Target

CALLED = [
    "hook given its service",
    "setup given its service",
    "on_startup given its service",
    "request",
    "on_shutdown given its service",
]


def lived(target: Target, **settings: Any) -> list[tuple[int, str]]:
    """The events of a service that was started, asked and stopped, each with its process; its word left out."""
    address = (target.host, loopback.free_port(target.host))
    script = target.script("config_own", address=address, host=address[0], port=address[1], **settings)
    script.signal(signal.SIGTERM)
    script.wait()
    wait_until(lambda: any("shutdown" in name for name in script.event_names()), ANSWER)
    return [(event["pid"], event["event"].replace(f" {script.nonce}", "")) for event in script.events()]


def life(target: Target, **settings: Any) -> list[str]:
    """The events of such a service in the process that answered, the first request alone of all."""
    events = lived(target, **settings)
    (serving,) = {process for process, name in events if name == "request"}
    names = [name for process, name in events if process == serving]
    return [name for at, name in enumerate(names) if name != "request" or "request" not in names[:at]]


@must(
    "PLUGIN-g10",
    start=Start.SCRIPT,
    kills=("plugin_config_hook_forgotten", "plugin_config_on_startup_forgotten", "plugin_config_on_shutdown_forgotten"),
)
def test_a_configuration_is_called_when_it_is_used_set_up_started_and_stopped(target: Target) -> None:
    assert [*dict.fromkeys(name for _, name in lived(target))] == CALLED


@must("PLUGIN-g10", start=Start.SCRIPT, kills="plugin_config_inherited_methods_forgotten")
def test_a_configuration_that_inherits_its_methods_is_called_as_often(target: Target) -> None:
    assert [*dict.fromkeys(name for _, name in lived(target, heir=1))] == CALLED


@must("CONFIG-17", start=Start.SCRIPT, kills="plugin_config_on_startup_forgotten")
def test_a_configuration_with_both_names_is_called_by_both(target: Target) -> None:
    events = life(target, both=1)
    begun, ended = events[: events.index("request")], events[events.index("request") :]
    called = [f"{name} given its service" for name in ("on_startup", "startup")]
    assert sorted(name for name in begun if "startup" in name) == sorted(called)
    assert sorted(ended) == sorted(["request", "on_shutdown given its service", "shutdown given its service"])


@must("CONFIG-17", kills="plugin_config_hook_before_its_use")
def test_a_hook_is_called_by_use_when_the_configuration_is_there(target: Target) -> None:
    told = target.probe("config_own", "hooked", fails=False).value
    assert told == {"found": [True], "raised": None, "between": True, "used": True}


@must("CONFIG-17", kills="plugin_config_hook_that_fails_is_used")
def test_a_configuration_whose_hook_raises_is_not_used(target: Target) -> None:
    told = target.probe("config_own", "hooked", fails=True).value
    assert told == {"found": [True, True], "raised": "the hook", "between": False, "used": True}


@must("CONFIG-4d", kills=("config_setup_that_raised_is_done", "config_setup_begins_anew"))
@pytest.mark.parametrize(
    "calls", [["setup"] * 4, ["application"] * 4, ["setup", "application", "setup", "application"]], ids=" ".join
)
def test_what_could_not_be_set_up_is_so_by_the_next_call(target: Target, calls: list[str]) -> None:
    told = target.probe("config_own", "set_up_again", calls=calls, failures=2).value
    failed = ["second", ["second"]]
    assert told == [["second", ["first", "second"]], failed, [None, ["second", "third"]], [None, []]]


@must("PLUGIN-g11", kills="plugin_config_without_keywords")
@pytest.mark.parametrize("empty", [False, True])
def test_a_configuration_may_hand_its_keywords_on(target: Target, empty: bool) -> None:
    word = "" if empty else seeded_random.word()
    assert target.probe("config_own", "keywords", word=word).value == {"word": word}
