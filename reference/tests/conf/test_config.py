"""Configurations: what their keywords take, and their part in the life of a service. One process a service: scripts."""

from __future__ import annotations

import asyncio
import copy
import pickle
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from pydantic import Field
from script import passes

from utilmeta.conf import Config, Preference, Time
from utilmeta.conf.immutable import frozen, thawed
from utilmeta.core.concurrency.run_sync import run_sync


class Own(Config):
    word: str
    size: int = Field(default=1, ge=1)
    api_key: str = ""
    url: str = ""


@pytest.mark.parametrize(
    ("make", "kind", "parts"),
    [
        (lambda: Own(word="w", colour="hidden"), TypeError, ["Own", "'colour'", "api_key, size, url, word"]),
        (lambda: Own(), TypeError, ["Own: word is missing"]),
        (lambda: Own(word=5), TypeError, ["Own: word"]),
        (lambda: Own(word="w", size=0), ValueError, ["Own: size", "greater than or equal to 1"]),
        (lambda: Own(word=1, size="hidden", colour=2), TypeError, ["word", "size", "'colour'"]),
        (lambda: Own("hidden"), TypeError, ["Own takes keywords alone: api_key, size, url, word"]),
        (lambda: Time(colour=1), TypeError, ["Time", "'colour'", "time_zone"]),
        (lambda: Time(time_zone="Nowhere/Atlantis"), ValueError, ["time_zone", "Nowhere/Atlantis"]),
        (lambda: Time(use_tz="yes"), TypeError, ["use_tz"]),
        (lambda: Preference(colour=1), TypeError, ["Preference", "'colour'"]),
        (lambda: Preference(default_timeout_response_status=99), ValueError, ["default_timeout_response_status"]),
    ],
)
def test_a_keyword_that_is_refused_is_named(make: Any, kind: type[Exception], parts: list[str]) -> None:
    with pytest.raises(kind) as refused:
        make()
    for part in parts:
        assert part in str(refused.value)
    assert "hidden" not in str(refused.value)


def test_a_configuration_does_not_change_and_shows_nothing_secret() -> None:
    own = Own(word="w", api_key="hidden", url="redis://:hidden@host/0")
    for keyword in ("word", "api_key", "colour"):
        with pytest.raises(AttributeError, match=f"Own is frozen, so {keyword} stays") as refused:
            setattr(own, keyword, "hidden")
        assert "hidden" not in str(refused.value)
    with pytest.raises(AttributeError, match="word stays"):
        del own.word
    assert own.word == "w"
    assert "hidden" not in f"{own!r} {own}"
    assert "host/0" in repr(own)


LIFE = """
from utilmeta.conf import Config, Time
from utilmeta.utils.exceptions import DeclarationError, HookFailed, ServiceError

seen = []

class Own(Config):
    word: str = "w"

    def setup(self, service):
        seen.append(("setup", service.name, self.word))

    def startup(self, service):
        seen.append("startup")

    def shutdown(self, service):
        seen.append("shutdown")

class Derived(Own):
    async def setup(self, service):
        import asyncio
        await asyncio.sleep(0.001)
        seen.append("derived setup")

class Awaited(Config):
    async def startup(self, service):
        seen.append("awaited startup")
"""


def test_use_get_config_and_setup(tmp_path: Path) -> None:
    passes(
        tmp_path,
        LIFE
        + """
service = UtilMeta(__name__, name="used", backend="flask")
derived, own, clock = Derived(), Own(word="x"), Time()
assert service.use(derived) is service
assert service.get_config(Own) is derived and service.get_config(Config) is derived
assert service.get_config(Time) is None
service.use(own).use(clock)
assert service.get_config(Own) is own and service.get_config(Derived) is derived
message = error(service.use, Own())
assert "ServiceError" in message and "Own is in use already" in message
assert "the class Time" in error(service.use, Time)
for wrong in ({"password": "hidden"}, None, "hidden"):
    message = error(service.use, wrong)
    assert message.startswith("TypeError") and "hidden" not in message, message
assert seen == []
service.setup()
service.setup()
assert seen == ["derived setup", ("setup", "used", "x")]
message = error(service.use, Awaited())
assert "ServiceError" in message and "Awaited" in message and "setup()" in message
""",
    )


def test_a_configuration_that_cannot_be_prepared_is_prepared_again(tmp_path: Path) -> None:
    passes(
        tmp_path,
        LIFE
        + """
class Broken(Config):
    def setup(self, service):
        seen.append("broken")
        if seen.count("broken") < 2:
            raise OSError("not now")

service = UtilMeta(__name__, name="broken", backend="flask", api=RootAPI).use(Own()).use(Broken())
assert "not now" in error(service.setup)
service.application()
assert seen == [("setup", "broken", "w"), "broken", "broken"]
""",
    )


def test_an_async_setup_runs_to_its_end_where_a_loop_runs_too(tmp_path: Path) -> None:
    passes(
        tmp_path,
        LIFE
        + """
import asyncio

async def main():
    UtilMeta(__name__, name="loop", backend="starlette", api=RootAPI).use(Derived()).application()
    assert seen == ["derived setup"]

asyncio.run(main())
""",
    )


def test_an_async_startup_of_a_synchronous_service_is_refused_by_name(tmp_path: Path) -> None:
    passes(
        tmp_path,
        LIFE
        + """
service = UtilMeta(__name__, backend="flask", api=RootAPI).use(Awaited())
message = error(service.application)
assert message.startswith("DeclarationError") and "Awaited.startup" in message, message
""",
    )


@pytest.mark.parametrize("backend", ["flask", "starlette"])
def test_startup_comes_before_the_services_own_hooks_and_shutdown_after(tmp_path: Path, backend: str) -> None:
    passes(
        tmp_path,
        LIFE
        + f"""
service = UtilMeta(__name__, backend={backend!r}, api=RootAPI, asynchronous=True).use(Own()).use(Awaited())

@service.on_startup
def start():
    seen.append("hook")

@service.on_shutdown
def stop():
    seen.append("stop hook")

service.application()
del seen[:]
if {backend!r} == "flask":
    service._state.lifecycle.start()
    service._state.lifecycle.stop()
else:
    import asyncio

    async def live():
        await service._state.lifecycle.astart()
        await service._state.lifecycle.astop()

    asyncio.run(live())
assert seen == ["startup", "awaited startup", "hook", "stop hook", "shutdown"], seen
""",
    )


def test_what_an_awaitable_raises_is_raised() -> None:
    async def fails() -> None:
        await asyncio.sleep(0)
        raise LookupError("why")

    with pytest.raises(LookupError, match="why"):
        run_sync(fails())
    assert run_sync("plain") == "plain"


def test_a_request_asks_for_no_configuration(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
from utilmeta.conf import Preference, Time

service = UtilMeta(__name__, backend="flask", api=RootAPI, route="/api", asynchronous=True)
service.use(Preference(strict_root_route=True, api_default_strict_response=True)).use(Time(time_zone="Asia/Tokyo"))
client = service.application().test_client()

def refuse(*arguments):
    raise AssertionError("it is read when the application is built")

UtilMeta.get_config = Preference.__getattribute__ = Time.__getattribute__ = refuse
assert client.get("/api/hello").status_code == 200
assert client.get("/hello").status_code == 404
""",
    )


def test_what_is_inside_is_frozen_and_can_be_copied_and_thawed() -> None:
    class Pair(NamedTuple):
        one: list[int]
        other: int

    class Deep(Config):
        mapping: Mapping[str, Any]
        members: set[int] = {0}

    given = {"list": [{"a": {1}}], "pair": Pair([1], 2), "text": "t", "proxy": MappingProxyType({"b": [1]})}
    deep = Deep(mapping=given)
    assert deep.mapping == given
    for change in (
        lambda: deep.mapping.pop("list"),  # type: ignore[attr-defined]
        lambda: deep.mapping["list"].sort(),
        lambda: deep.mapping["list"][0]["a"].discard(1),
        lambda: deep.mapping["pair"].one.append(1),
        lambda: deep.mapping["proxy"]["b"].append(1),
        lambda: deep.members.add(1),
    ):
        with pytest.raises(TypeError, match=r"Deep\.m\w+ is frozen"):
            change()
    assert Deep(mapping={}).members == deep.members == {0}
    for copied in (copy.deepcopy(deep), deep.model_copy(update={"members": {0}})):
        assert copied == deep
        with pytest.raises(TypeError, match="frozen"):
            copied.mapping["text"] = "u"  # type: ignore[index]
        with pytest.raises(TypeError, match="frozen"):
            copied.members.clear()
    kept = pickle.loads(pickle.dumps(frozen({"a": [{1}]}, "Deep.mapping")))
    with pytest.raises(TypeError, match=r"Deep\.mapping"):
        kept["a"][0].add(2)
    assert deep.members.copy() == {0} and type(deep.members.copy()) is set
    plain = thawed({"a": deep.mapping, "b": (deep.members,)})
    plain["a"]["list"][0]["a"].add(2)
    plain["b"][0].add(2)
    assert deep.mapping["list"] == [{"a": {1}}]


def test_what_was_never_frozen_is_copied_too_when_it_is_thawed() -> None:
    given = {"list": [{1}], "pair": ({2},)}
    plain = thawed(given)
    plain["list"][0].add(2)
    plain["pair"][0].add(3)
    assert given == {"list": [{1}], "pair": ({2},)}


def test_a_hook_that_raises_leaves_the_configuration_out_and_one_that_is_a_keyword_is_none(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from utilmeta.conf import Config
        class Failing(Config):
            async def hook(self, service):
                assert service.get_config(Failing) is self
                raise LookupError("the hook")
        class Named(Config):
            hook: str = "a text"
            on_startup: int = 5
        service = UtilMeta(__name__, backend="flask", api=RootAPI)
        assert error(service.use, Failing()) == "LookupError: the hook"
        assert service.get_config(Failing) is None
        service.use(Named())
        assert service.get_config(Named).hook == "a text"
        service.application()
        """,
    )
