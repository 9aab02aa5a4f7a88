"""Generic classes: what their TypeVars stand for in each class that gives them types (API-10).

    class Crud(api.API, Generic[T]):
        def create(self, item: T = request.Body): ...

    class Items(Crud[Item]): ...

Of `Items`, what `Crud` declares is read with Item in the place of T. The same TypeVar may stand for another type in
another base, so each base has its own.
"""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar, get_args, get_origin
from weakref import WeakKeyDictionary

from utilmeta.core.annotations.names import annotated_names
from utilmeta.utils.exceptions import DeclarationError

Arguments = Mapping[Any, Any]
"""The type for each TypeVar."""

NOTHING: Arguments = {}
FOUND: WeakKeyDictionary[type, Mapping[type, Arguments]] = WeakKeyDictionary()
MADE: dict[Any, type] = {}


@dataclass(frozen=True)
class Open:
    """What stands for an annotation in which a TypeVar is left open."""

    hint: Any
    variable: Any

    def refuse(self, label: str) -> typing.NoReturn:
        """Raise DeclarationError, which begins with ``label``."""
        raise DeclarationError(
            f"{label} has a type with the TypeVar {self.variable}, which is left open; mount a subclass that gives it "
            "one, as class Items(Crud[Item]) does of class Crud(api.API, Generic[T])"
        )


def is_generic(cls: type) -> bool:
    """Whether any TypeVar stands for something in a base of the class."""
    return any("__orig_bases__" in vars(base) for base in cls.__mro__)


def arguments_of(cls: type) -> Mapping[type, Arguments]:
    """What the TypeVars of each base stand for. Raises DeclarationError for a type that a TypeVar does not allow."""
    if cls not in FOUND:
        found: dict[type, Arguments] = {}
        collect(cls, {variable: variable_default(variable) for variable in parameters_of(cls)}, found)
        FOUND[cls] = found
    return FOUND[cls]


def collect(cls: type, arguments: Arguments, found: dict[type, Arguments]) -> None:
    # Where a class is a base in two ways, the one that says what its TypeVars stand for counts.
    if cls in found and not any(value is variable for variable, value in found[cls].items()):
        return
    found[cls] = arguments
    for base in vars(cls).get("__orig_bases__", cls.__bases__):
        origin = get_origin(base) or base
        if isinstance(origin, type) and origin is not typing.Generic and origin is not object:
            variables = parameters_of(origin)
            given = [resolved(argument, arguments) for argument in get_args(base)]
            if len(given) != len(variables):
                given = [variable_default(variable) for variable in variables]
            for variable, value in zip(variables, given, strict=True):
                check_allowed(variable, value, f"{cls.__qualname__}, by its base {origin.__qualname__}")
            collect(origin, dict(zip(variables, given, strict=True)), found)


def parameters_of(cls: Any) -> tuple[Any, ...]:
    return tuple(getattr(cls, "__parameters__", ()))


def variable_default(variable: Any) -> Any:
    """What a TypeVar stands for by itself (PEP 696), itself where it has no default."""
    has_default = getattr(variable, "has_default", None)
    return variable.__default__ if has_default is not None and has_default() else variable


def check_allowed(variable: Any, value: Any, label: str) -> None:
    if not isinstance(variable, TypeVar) or isinstance(value, TypeVar) or value is Any:
        return
    bound, constraints = variable.__bound__, variable.__constraints__
    outside = isinstance(bound, type) and isinstance(value, type) and not get_args(value) and not subclass(value, bound)
    if outside or (constraints and value not in constraints):
        allowed = f"bound to {bound!r}" if outside else f"one of {constraints!r}"
        raise DeclarationError(f"{label}: {value!r} is not what {variable} stands for, which is {allowed}")


def subclass(value: type, bound: type) -> bool:
    try:
        return issubclass(value, bound)
    except TypeError:  # of a protocol, say
        return True


# --- annotations ---


def resolved(hint: Any, arguments: Arguments) -> Any:
    """``hint`` with types in the place of its TypeVars, as far as ``arguments`` has them."""
    if isinstance(hint, TypeVar):
        return arguments.get(hint, hint)
    variables = variables_of(hint, arguments)
    if not variables:
        return hint
    if get_origin(hint) is Annotated:
        kept = (resolved(get_args(hint)[0], arguments), *get_args(hint)[1:])
        return Annotated[kept]
    return hint[tuple(arguments.get(variable, variable) for variable in variables)]


def variables_of(hint: Any, arguments: Arguments = NOTHING) -> tuple[Any, ...]:
    """The TypeVars in an annotation; of a pydantic model those of ``arguments``, for it is its own generic form."""
    if isinstance(hint, TypeVar):
        return (hint,)
    if get_args(hint):
        return parameters_of(hint)
    variables: tuple[Any, ...] = getattr(hint, "__pydantic_generic_metadata__", {}).get("parameters", ())
    return variables if any(variable in arguments for variable in variables) else ()


def closed(hint: Any, arguments: Arguments) -> Any:
    """``hint`` as `resolved` has it; Open where a TypeVar is left in it."""
    if type(hint) is type:
        return hint
    made = resolved(hint, arguments)
    left = variables_of(made, arguments)
    return Open(made, left[0]) if left else made


def hints_in(hints: Mapping[str, Any], cls: type, definer: type) -> Mapping[str, Any]:
    """Annotations of what ``definer`` defines, as ``cls`` has them."""
    arguments = arguments_of(cls).get(definer, NOTHING)
    return {name: closed(hint, arguments) for name, hint in hints.items()}


def attribute_type(name: str, hint: Any, cls: type, around: type | None = None) -> Any:
    """The annotation of an attribute as ``cls`` has it; what it leaves open, as the class ``around`` it says it, where
    it stands within one of the bases of that."""
    definer = next((base for base in cls.__mro__ if name in annotated_names(base)), cls)
    made = closed(hint, arguments_of(cls).get(definer, NOTHING))
    if not isinstance(made, Open) or around is None:
        return made
    within = next((base for base in around.__mro__ if any(each is cls for each in vars(base).values())), around)
    return closed(made.hint, arguments_of(around).get(within, NOTHING))


def definer_of(function: Any, cls: type) -> type:
    """The class among ``cls`` and its bases that defines a function, or what it wraps."""
    versions = [function, *wrapped(function)]
    for base in cls.__mro__:
        if any(value is version for value in vars(base).values() for version in versions):
            return base
    return cls


def wrapped(function: Any) -> Iterator[Callable[..., Any]]:
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
        yield function


def names_of(cls: type) -> Mapping[str, Any]:
    """The TypeVars of a class and its bases by name: in `class Crud[T]` they are names of nothing else (PEP 695)."""
    return {
        variable.__name__: variable
        for base in reversed(cls.__mro__)
        for variable in (*getattr(base, "__type_params__", ()), *parameters_of(base))
    }


def specialized(alias: Any) -> type:
    """The class that `Crud[Item]` stands for, as if it had been written down."""
    origin: Any = get_origin(alias)
    if alias not in MADE:
        shown = ", ".join(getattr(argument, "__qualname__", repr(argument)) for argument in get_args(alias))
        names = {"__module__": origin.__module__, "__qualname__": f"{origin.__qualname__}[{shown}]"}
        made: Any = types.new_class(origin.__name__, (alias,), {}, lambda space: space.update(names))
        if "__route__" in vars(origin):
            made.__route__ = vars(origin)["__route__"]
        MADE[alias] = made
    return MADE[alias]


def alias_of(hint: Any, kind: type) -> bool:
    """Whether an annotation is a generic subclass of ``kind`` with types in brackets."""
    origin = get_origin(hint)
    return inspect.isclass(origin) and issubclass(origin, kind)
