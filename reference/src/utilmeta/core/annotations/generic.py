"""Resolves the TypeVars of generic classes in the classes that give them types (API-10).

    class Crud(api.API, Generic[T]):
        def create(self, item: T = request.Body): ...

    class Items(Crud[Item]): ...

In ``Items``, the declarations of ``Crud`` are read with Item in place of T. One TypeVar may have different types in
different bases, so each base has its own mapping.
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
"""The type of each TypeVar."""

NOTHING: Arguments = {}
FOUND: WeakKeyDictionary[type, Mapping[type, Arguments]] = WeakKeyDictionary()
MADE: dict[Any, type] = {}


@dataclass(frozen=True)
class Open:
    """An annotation in which the TypeVar ``variable`` has no type."""

    hint: Any
    variable: Any

    def refuse(self, label: str) -> typing.NoReturn:
        """Raise DeclarationError, which begins with ``label``."""
        raise DeclarationError(
            f"{label} has a type with the TypeVar {self.variable}, which is left open; mount a subclass that gives it "
            "one, as class Items(Crud[Item]) does of class Crud(api.API, Generic[T])"
        )


def is_generic(cls: type) -> bool:
    """Whether the class has a base with type arguments."""
    return any("__orig_bases__" in vars(base) for base in cls.__mro__)


def arguments_of(cls: type) -> Mapping[type, Arguments]:
    """The types of the TypeVars of each base. Raises DeclarationError for a type that a TypeVar does not allow."""
    if cls not in FOUND:
        found: dict[type, Arguments] = {}
        collect(cls, {variable: variable_default(variable) for variable in parameters_of(cls)}, found)
        FOUND[cls] = found
    return FOUND[cls]


def collect(cls: type, arguments: Arguments, found: dict[type, Arguments]) -> None:
    """Add the arguments of ``cls`` and of its bases to ``found``. Raises DeclarationError."""
    # Where a class is a base in two ways, the way that gives its TypeVars types counts.
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
    """The TypeVars of a generic class or annotation."""
    return tuple(getattr(cls, "__parameters__", ()))


def variable_default(variable: Any) -> Any:
    """The default of a TypeVar (PEP 696); the TypeVar itself where it has none."""
    has_default = getattr(variable, "has_default", None)
    return variable.__default__ if has_default is not None and has_default() else variable


def check_allowed(variable: Any, value: Any, label: str) -> None:
    """Raise DeclarationError where the type ``value`` is outside of the bound or constraints of a TypeVar."""
    if not isinstance(variable, TypeVar) or isinstance(value, TypeVar) or value is Any:
        return
    bound, constraints = variable.__bound__, variable.__constraints__
    outside = isinstance(bound, type) and isinstance(value, type) and not get_args(value) and not subclass(value, bound)
    if outside or (constraints and value not in constraints):
        allowed = f"bound to {bound!r}" if outside else f"one of {constraints!r}"
        raise DeclarationError(f"{label}: {value!r} is not what {variable} stands for, which is {allowed}")


def subclass(value: type, bound: type) -> bool:
    """``issubclass``; True where it cannot tell, as for some protocols."""
    try:
        return issubclass(value, bound)
    except TypeError:
        return True


# --- annotations ---


def resolved(hint: Any, arguments: Arguments) -> Any:
    """``hint`` with its TypeVars replaced by their types, where ``arguments`` has them."""
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
    """The TypeVars in an annotation. Of a bare generic pydantic model: all, where one of them is in ``arguments``."""
    if isinstance(hint, TypeVar):
        return (hint,)
    if get_args(hint):
        return parameters_of(hint)
    variables: tuple[Any, ...] = getattr(hint, "__pydantic_generic_metadata__", {}).get("parameters", ())
    return variables if any(variable in arguments for variable in variables) else ()


def closed(hint: Any, arguments: Arguments) -> Any:
    """``hint`` as ``resolved`` returns it, or an ``Open`` where a TypeVar is left in it."""
    if type(hint) is type:
        return hint
    made = resolved(hint, arguments)
    left = variables_of(made, arguments)
    return Open(made, left[0]) if left else made


def hints_in(hints: Mapping[str, Any], cls: type, definer: type) -> Mapping[str, Any]:
    """Annotations written in the class ``definer``, resolved for its subclass ``cls``."""
    arguments = arguments_of(cls).get(definer, NOTHING)
    return {name: closed(hint, arguments) for name, hint in hints.items()}


def attribute_type(name: str, hint: Any, cls: type, around: type | None = None) -> Any:
    """The annotation of the attribute ``name``, resolved for ``cls``.

    A TypeVar that ``cls`` leaves open is resolved for ``around``, with ``cls`` as an attribute of one of its bases.
    """
    definer = next((base for base in cls.__mro__ if name in annotated_names(base)), cls)
    made = closed(hint, arguments_of(cls).get(definer, NOTHING))
    if not isinstance(made, Open) or around is None:
        return made
    within = next((base for base in around.__mro__ if any(each is cls for each in vars(base).values())), around)
    return closed(made.hint, arguments_of(around).get(within, NOTHING))


def definer_of(function: Any, cls: type) -> type:
    """The class among ``cls`` and its bases that defines a function, or the function that it wraps; else ``cls``."""
    versions = [function, *wrapped(function)]
    for base in cls.__mro__:
        if any(value is version for value in vars(base).values() for version in versions):
            return base
    return cls


def wrapped(function: Any) -> Iterator[Callable[..., Any]]:
    """The functions that a decorated one wraps, the outermost first."""
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
        yield function


def names_of(cls: type) -> Mapping[str, Any]:
    """The TypeVars of a class and its bases by name, as no module has those of ``class Crud[T]`` (PEP 695)."""
    return {
        variable.__name__: variable
        for base in reversed(cls.__mro__)
        for variable in (*getattr(base, "__type_params__", ()), *parameters_of(base))
    }


def specialized(alias: Any) -> type:
    """A subclass made for ``Crud[Item]``; always the same one for equal aliases."""
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
    """Whether an annotation is a generic subclass of ``kind`` with type arguments, as ``Crud[Item]``."""
    origin = get_origin(hint)
    return inspect.isclass(origin) and issubclass(origin, kind)
