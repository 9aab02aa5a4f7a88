"""Env: where variables come from, how they convert, what is said when they do not."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
import traceback
import uuid
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

import pytest
from pydantic import BaseModel, Field, PrivateAttr, SecretStr, field_validator, model_validator

import utilmeta.conf
from utilmeta.conf import Env
from utilmeta.conf.plain_text import read
from utilmeta.conf.secret import redacted


class Colour(Enum):
    RED = 1
    BLUE = "blue"


class Server(BaseModel):
    host: str
    password: str = ""


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Nobody's variables but those of the test, which begin with DEMO_."""
    yield monkeypatch


def put(folder: Path, text: str, name: str = "demo.env") -> str:
    (folder / name).write_bytes(text.encode())
    return str(folder / name)


def refused(make: Any, kind: type[Exception] = ValueError) -> str:
    """The message, when nothing of `hidden` stands anywhere in its traceback."""
    with pytest.raises(kind) as found:
        make()
    whole = "".join(traceback.format_exception(found.value))
    assert "hidden" not in whole
    assert found.value.__context__ is None or "hidden" not in str(found.value.__context__)
    return str(found.value)


def test_both_paths_of_env_are_one_class() -> None:
    from utilmeta.conf.env import Env as other

    assert utilmeta.conf.Env is other is Env
    with pytest.raises(AttributeError, match="has no attribute 'Environment'"):
        _ = utilmeta.conf.Environment


def test_a_service_without_an_env_imports_no_pydantic_settings() -> None:
    code = "import sys, utilmeta; from utilmeta.conf import Time; print('pydantic_settings' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


# --- sources ---


class Demo(Env):
    PORT: int = 1
    Mixed: str = "default"


@pytest.mark.parametrize(
    ("variables", "options", "expected"),
    [
        ({"DEMO_PORT": "2"}, {"sys_env": "DEMO_"}, 2),
        ({"demo_port": "2"}, {"sys_env": "DEMO_"}, 2),
        ({"DEMO_PORT": "2"}, {"sys_env": "demo_"}, 2),
        ({"DEMO_PORT": "2", "demo_port": "3", "Demo_Port": "4"}, {"sys_env": "DEMO_"}, 2),
        ({"PORT": "2"}, {"sys_env": True}, 2),
        ({"PORT": "2"}, {"sys_env": "DEMO_"}, 1),
        ({"PORT": "2"}, {"sys_env": False}, 1),
        ({"PORT": "2", "DEMO_PORT": "2"}, {}, 1),
    ],
)
def test_the_environment_is_read_by_prefix(
    environment: pytest.MonkeyPatch, variables: Mapping[str, str], options: Any, expected: int
) -> None:
    environment.delenv("PORT", raising=False)
    for name, value in variables.items():
        environment.setenv(name, value)
    port = Demo(**options).PORT
    assert port == expected


def test_two_spellings_that_are_not_exact_are_an_error_naming_both(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.setenv("demo_port", "hidden1")
    environment.setenv("Demo_Port", "hidden2")
    file = put(tmp_path, "mixed=hidden3\nMIXED=hidden4")
    message = refused(lambda: Demo(sys_env="DEMO_", file=file))
    for part in ("demo_port", "Demo_Port", "keep DEMO_PORT", "mixed and MIXED", file):
        assert part in message


def test_the_environment_wins_over_the_file_as_a_whole(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class E(Env):
        LIMITS: dict[str, int] = {}
        OTHER: int = 0

    environment.setenv("DEMO_LIMITS", '{"a": 1}')
    env = E(sys_env="DEMO_", file=put(tmp_path, '{"limits": {"b": 2}, "OTHER": 3}', "x.json"))
    assert (env.LIMITS, env.OTHER) == ({"a": 1}, 3)


def test_a_class_that_declares_nothing_has_what_there_is(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class E(Env):
        pass

    environment.setenv("DEMO_DB_USER", "of the environment")
    file = put(tmp_path, '{"db_user": "of the file", "NESTED": {"A": [1]}, "Copy": 1, "one": 1, "ONE": 2}', "x.json")
    env = E(sys_env="DEMO_", file=file)
    assert env.DB_USER == env.db_user == "of the environment"
    assert env.NESTED == {"A": [1]}
    assert env.COPY == 1
    assert (env.one, env.ONE) == (1, 2)
    with pytest.raises(AttributeError, match="both one and ONE"):
        _ = env.One
    with pytest.raises(AttributeError, match="no MISSING"):
        _ = env.MISSING
    assert E(file=file).db_user == "of the file"
    assert "hidden" not in repr(E())


def test_a_class_that_declares_something_has_nothing_else(tmp_path: Path) -> None:
    env = Demo(file=put(tmp_path, "PORT=3\nMORE=1"))
    assert env.PORT == 3
    with pytest.raises(AttributeError, match="MORE"):
        _ = env.MORE


def test_an_instance_does_not_change(tmp_path: Path) -> None:
    env = Demo()
    for change in (lambda: setattr(env, "PORT", 2), lambda: setattr(env, "NEW", 2), lambda: delattr(env, "PORT")):
        with pytest.raises(AttributeError, match=r"Demo is frozen, so (PORT|NEW) stays as it is"):
            change()
    assert env.PORT == 1


@pytest.mark.parametrize(
    ("options", "kind", "part"),
    [
        ({"prefix": "DEMO_"}, TypeError, "prefix"),
        ({"PORT": 2}, TypeError, "PORT"),
        ({"sys_env": 1}, TypeError, "sys_env"),
        ({"sys_env": ""}, ValueError, "sys_env=True"),
        ({"file": 5}, TypeError, "file"),
        ({"file": b"x.env"}, TypeError, "file"),
    ],
)
def test_what_is_no_source_is_refused(options: Any, kind: type[Exception], part: str) -> None:
    with pytest.raises(kind, match=part):
        Demo(**options)
    with pytest.raises(TypeError):
        Demo("DEMO_")  # type: ignore[misc]


def test_a_subclass_may_have_attributes_of_its_own() -> None:
    class E(Env):
        PORT: int = 1
        LIMIT: ClassVar[int] = 2
        _seen: int = PrivateAttr(default=3)

        @property
        def url(self) -> str:
            return f"http://localhost:{self.PORT}"

    assert (E().url, E.LIMIT, E()._seen) == ("http://localhost:1", 2, 3)


def test_an_alias_is_the_variables_name(environment: pytest.MonkeyPatch) -> None:
    class E(Env):
        port: int = Field(alias="PUBLIC_PORT")

    environment.setenv("DEMO_PUBLIC_PORT", "hidden")
    assert "DEMO_PUBLIC_PORT in the environment" in refused(lambda: E(sys_env="DEMO_"))
    environment.setenv("DEMO_PUBLIC_PORT", "3")
    assert E(sys_env="DEMO_").port == 3


# --- conversion ---


@pytest.mark.parametrize(
    ("declared", "text", "value"),
    [
        (int, "-5", -5),
        (float, "1.5", 1.5),
        (bool, "ON", True),
        (bool, "0", False),
        (str, "[1]", "[1]"),
        (str, "", ""),
        (Any, "[1]", "[1]"),
        (bytes, "x", b"x"),
        (Decimal, "1.10", Decimal("1.10")),
        (datetime.timedelta, "PT90S", datetime.timedelta(seconds=90)),
        (Path, "/x", Path("/x")),
        (list[str], "a, b", ["a", "b"]),
        (list[str], '["a, b"]', ["a, b"]),
        (list[int], "", []),
        (list, "a,b", ["a", "b"]),
        (tuple[int, str], "1,b", (1, "b")),
        (set[int], "1,2,1", {1, 2}),
        (dict[str, int], '{"a": "1"}', {"a": 1}),
        (Server, '{"host": "h"}', Server(host="h")),
        (int | None, "", None),
        (int | None, "5", 5),
        (str | None, "", ""),
        (list[int] | None, "", None),
        (list[int] | None, "1,2", [1, 2]),
        (Annotated[list[int] | None, Field(min_length=1)], " [1]", [1]),
        (dict[str, int] | list[int], '{"a": 1}', {"a": 1}),
        (Literal["a", 1, True], "1", 1),
        (Literal["a", "b"], "b", "b"),
        (Colour, "1", Colour.RED),
        (Colour, "blue", Colour.BLUE),
        (Colour | None, "", None),
    ],
)
def test_text_converts_to_the_declared_type(
    environment: pytest.MonkeyPatch, declared: Any, text: str, value: Any
) -> None:
    made = type("E", (Env,), {"__annotations__": {"X": declared}, "__module__": __name__})
    environment.setenv("DEMO_X", text)
    found = made(sys_env="DEMO_").X
    assert found == value
    assert isinstance(found, type(value))


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        (int, "hidden"),
        (bool, "hidden maybe"),
        (bool, ""),
        (float, "hidden"),
        (uuid.UUID, "hidden"),
        (list[int], "hidden,1"),
        (list[int], '["hidden"'),
        (dict[str, int], '{"hidden": 1'),
        (dict[str, int], '{"hidden": "x"}'),
        (dict[str, int], "hidden"),
        (Server, '{"hidden": 1}'),
        (Literal["a", "b"], "hidden"),
        (Colour, "hidden"),
        (datetime.date, "hidden"),
        (int | None, "hidden"),
        (int | list[int], "hidden"),
        (Annotated[str, Field(max_length=2)], "hidden"),
        (Annotated[str, Field(pattern="^x")], "hidden"),
        (SecretStr, None),
    ],
)
def test_a_value_that_does_not_convert_is_named_and_not_shown(tmp_path: Path, declared: Any, text: str | None) -> None:
    class E(Env):
        X: declared
        GIVEN: int = 1

    file = tmp_path / "x.json"
    file.write_text(json.dumps({"x": text}))
    message = refused(lambda: E(file=file))
    assert message.startswith(f"E: x in {file}: ")
    assert message[len(f"E: x in {file}: ") :]


def test_all_that_is_wrong_is_one_error(environment: pytest.MonkeyPatch) -> None:
    class E(Env):
        FIRST: str
        SECOND: int
        THIRD: int
        FOURTH: bool
        FIFTH: int = 5

        @field_validator("FIFTH")
        @classmethod
        def small(cls, value: int) -> int:
            raise ValueError(f"not hidden{value}")

    environment.setenv("DEMO_THIRD", "hidden")
    environment.setenv("DEMO_FOURTH", "maybe hidden")
    environment.setenv("DEMO_FIFTH", "6")
    message = refused(lambda: E(sys_env="DEMO_"))
    assert "missing: set DEMO_FIRST, DEMO_SECOND in the environment" in message
    assert "DEMO_THIRD in the environment: Input should be a valid integer" in message
    assert "DEMO_FOURTH in the environment: Input should be a valid boolean" in message
    assert "DEMO_FIFTH in the environment: refused by small(), line " in message


def test_a_missing_variable_is_named_as_it_is_to_be_set(tmp_path: Path) -> None:
    class E(Env):
        USER: str
        KEY: str

    file = put(tmp_path, "OTHER=1")
    assert "missing: set DEMO_USER, DEMO_KEY in the environment or USER, KEY in " + file in refused(
        lambda: E(sys_env="DEMO_", file=file)
    )
    assert "USER, KEY missing, and nothing is read: give sys_env or file" in refused(E)


def test_what_the_whole_class_refuses_is_an_error_too() -> None:
    class E(Env):
        A: int = 1

        @model_validator(mode="after")
        def consistent(self) -> E:
            raise ValueError("hidden")

    assert refused(E).startswith("E: refused by consistent(), line ")


def test_a_default_that_does_not_convert_is_said_to_be_one() -> None:
    class E(Env):
        A: int = "hidden"  # type: ignore[assignment]

    assert "the default of A: " in refused(E)


# --- repr ---


def test_a_repr_shows_nothing_secret() -> None:
    class E(Env):
        DB_PASSWORD: str = "hidden"
        API_KEY: str | None = "hidden"
        auth_token: list[str] = ["hidden"]
        CLIENT_SECRET: bytes = b"hidden"
        UNSET_TOKEN: str | None = None
        DB_URL: str = "postgresql://me:hidden@/hid@host:5432/db?sslpassword=hidden&sslmode=require"
        DSN: str = "host=h password=hidden dbname=d"
        REPLICAS: dict[str, Any] = {"a": {"password": "hidden"}, "b": [Server(host="h", password="hidden")]}
        SERVER: Server = Server(host="visible", password="hidden")
        PORT: int = 5432

    text = f"{E()!r} {E()}"
    assert "hidden" not in text
    for part in ("PORT=5432", "UNSET_TOKEN=None", "host:5432/db", "sslmode=require", "dbname=d", "host='visible'"):
        assert part in text
    assert E().DB_PASSWORD == "hidden"


def test_what_is_not_secret_is_shown_as_it_is() -> None:
    for value in (1, None, "plain", ("a", 1), {"a": [1]}, "http://host/path?x=1"):
        assert redacted(value, "NAME") == value
    assert read("x", int) == "x"


def test_nothing_inside_an_instance_changes(environment: pytest.MonkeyPatch) -> None:
    class Declared(Env):
        WORDS: list[str]

    environment.setenv("DEMO_WORDS", "a,b")
    environment.setenv("DEMO_OTHER", "c")
    env = Declared(sys_env="DEMO_")
    with pytest.raises(TypeError, match=r"Declared\.WORDS is frozen"):
        env.WORDS.append("c")
    undeclared = type("Undeclared", (Env,), {"__module__": __name__})(sys_env="DEMO_")
    assert undeclared.OTHER == "c"
    with pytest.raises(TypeError, match=r"Undeclared\.model_extra is frozen"):
        undeclared.model_extra["OTHER"] = "d"
    assert undeclared.model_dump()["OTHER"] == "c"
