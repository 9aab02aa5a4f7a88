"""``Env``, whose subclasses declare environment variables as attributes (the chapter ENV of the contract)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, get_args

import pydantic
from pydantic.fields import FieldInfo
from pydantic_core import core_schema
from pydantic_settings import PydanticBaseSettingsSource, SettingsConfigDict

from utilmeta.conf.immutable import freeze, refuse_change
from utilmeta.conf.secret import redacted
from utilmeta.conf.source import Source, sources

if TYPE_CHECKING:

    class BaseSettings:
        """pydantic's class as type checkers see it: the variables are no arguments of ``__init__``."""

        model_config: ClassVar[SettingsConfigDict]
        model_fields: ClassVar[Mapping[str, FieldInfo]]
        model_extra: Mapping[str, Any] | None

        def __init__(self, **values: Any) -> None: ...
        def __repr_args__(self) -> Iterator[tuple[str | None, Any]]: ...

else:
    from pydantic_settings import BaseSettings

KNOWN = frozenset(get_args(core_schema.ErrorType))  # the types of error with a message of pydantic's own


class Env(BaseSettings):
    """Base of classes that read variables from the system environment and a file when an instance is made.

    A subclass declares each variable by name and type, with a default where it is optional; names match in any case
    (ENV-2), text converts to the type, a collection is written as JSON and a list also as ``a,b`` (ENV-1b). A subclass
    that declares nothing has every variable of its sources as an attribute (ENV-8); one whose name an instance has
    already, such as ``copy``, is reached in capitals. Instances are immutable (ENV-11).

    ``sys_env``: the prefix of the variables to read from the system environment, or True to read it without a prefix;
    not given, it is not read (ENV-3b). Its values win over those of the file (ENV-7).

    ``file``: the path of a JSON object (suffix ``.json``), of a YAML mapping (``.yaml``, ``.yml``; it needs PyYAML) or
    of lines ``NAME=value`` (ENV-4); a relative path starts at the working directory, then at the project's directory
    (ENV-9).

    Raises ValueError that names every variable which is missing, does not convert or is given in two spellings, and
    shows no value (ENV-5, ENV-6); FileNotFoundError; ValueError with the line for a file that cannot be parsed (ENV-9);
    ImportError where a file needs PyYAML and that is not installed.
    """

    model_config = SettingsConfigDict(
        extra="allow",
        hide_input_in_errors=True,
        coerce_numbers_to_str=True,
        arbitrary_types_allowed=True,
        protected_namespaces=(),
    )

    def __init__(self, *, sys_env: str | bool | None = None, file: str | os.PathLike[str] | None = None) -> None:
        read = sources(type(self), sys_env, file)  # type: ignore[arg-type]
        found: list[Any] = []
        try:
            super().__init__(_sources=read)  # no variable's name begins with an underscore
        except pydantic.ValidationError as error:
            found = error.errors(include_url=False, include_input=False)
        problems = [*ambiguities(read), *missing(found, read), *wrong(found, read)]
        if problems:
            raise ValueError(f"{type(self).__name__}: {'; '.join(problems)}")
        freeze(self)

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: Any, init_settings: Any, **others: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The sources that ``__init__`` made, in place of pydantic-settings' own."""
        read: tuple[Source, ...] = init_settings.init_kwargs["_sources"]
        return read

    if not TYPE_CHECKING:  # to a type checker only what is declared is there

        def __getattr__(self, name: str) -> Any:
            """The variable of this name in any case, where it is not declared (ENV-8)."""
            if name.startswith("_"):
                return super().__getattr__(name)
            held = self.model_extra or {}
            found = [key for key in held if key == name] or [key for key in held if key.casefold() == name.casefold()]
            if len(found) == 1:
                return held[found[0]]
            cause = f"both {' and '.join(found)}" if found else f"no {name}"
            raise AttributeError(f"{type(self).__name__} has {cause}")

        def __setattr__(self, name: str, value: Any) -> None:
            refuse_change(self, name)
            super().__setattr__(name, value)

        def __delattr__(self, name: str) -> None:
            refuse_change(self, name)
            super().__delattr__(name)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        for name, value in super().__repr_args__():
            yield name, redacted(value, name or "")


def ambiguities(read: tuple[Source, ...]) -> Iterator[str]:
    """A sentence for each variable that a source has in two spellings, neither of them exact (ENV-2b)."""
    for source in read:
        for name, found in source.ambiguous.items():
            yield f"{' and '.join(found)} in {source.place} are spellings of one variable; keep {source.prefix}{name}"


def missing(found: list[Any], read: tuple[Source, ...]) -> Iterator[str]:
    """One sentence that names the required variables which are missing, as they are to be set (ENV-5)."""
    ambiguous = {name for source in read for name in source.ambiguous}
    names = [each["loc"][0] for each in found if each["type"] == "missing" and len(each["loc"]) == 1]
    names = [name for name in names if name not in ambiguous]
    if not names:
        return
    if not read:
        yield f"{', '.join(names)} missing, and nothing is read: give sys_env or file"
        return
    cures = [f"{', '.join(source.prefix + name for name in names)} in {source.place}" for source in read]
    yield f"missing: set {' or '.join(cures)}"


def wrong(found: list[Any], read: tuple[Source, ...]) -> Iterator[str]:
    """A sentence for each variable whose value does not convert, without the value (ENV-6)."""
    reasons: dict[str, list[str]] = {}
    for each in found:
        if each["type"] != "missing" or len(each["loc"]) != 1:
            reasons.setdefault(str(each["loc"][0]) if each["loc"] else "", []).append(reason(each))
    for name, said in reasons.items():
        given = next(
            (f"{spelled} in {source.place}" for source in read if (spelled := source.spelled(name)) is not None),
            f"the default of {name}" if name else "",
        )
        yield f"{given}: {', or '.join(dict.fromkeys(said))}".removeprefix(": ")


def reason(found: Any) -> str:
    """Why a value was refused: pydantic's message without the value, else the name of the validator that refused it,
    as the message of a validator may quote the value."""
    detail = found.get("ctx", {}).get("error")
    if isinstance(detail, Exception) or found["type"] not in KNOWN:
        return f"refused by {validator(detail)}"
    if "tag" in found.get("ctx", {}):
        return "the tag is none of the expected"
    return str(found["msg"]).removesuffix(detail or "").rstrip(" ,:")


def validator(error: Exception | None) -> str:
    """The function that raised ``error``, as ``name(), line 3``."""
    trace = error and error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_name}(), line {trace.tb_lineno}" if trace else "its type"
