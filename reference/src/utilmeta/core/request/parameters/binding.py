"""Compilation of an endpoint's signature into a function that binds a request to its arguments.

Each parameter is compiled once to a place, a key and one pydantic validator. Per request only these run. Errors are in
the order of ERROR-1f: a body of a wrong type (415), a body or query that does not parse (400), and then all parameters
that are missing or do not convert, together (REQUEST-g4).
"""

from __future__ import annotations

import copy
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from utilmeta.core.annotations.generic import Open
from utilmeta.core.annotations.signature import hints_of, signature_of
from utilmeta.core.file import declares_file, is_file
from utilmeta.core.request.body.binding import BodyReader, alternatives, compile_body
from utilmeta.core.request.headers import TOKEN
from utilmeta.core.request.markers import FilePathParam, Param, PathParam, QueryParam, is_marker, is_parameter
from utilmeta.core.request.parameters.constraint import constrained
from utilmeta.core.request.parameters.default_check import check_default, check_unmarked
from utilmeta.core.request.parameters.extractors import Values, compile_extractor, header_name
from utilmeta.core.request.parameters.field_info import check_alias, read_field
from utilmeta.core.request.parameters.parameter import Arguments, Offence, Parameter, take
from utilmeta.core.request.parameters.text_convertible import check_judged, check_members, check_text
from utilmeta.core.request.request import Request
from utilmeta.core.request.schemas.adapter import compile_adapter
from utilmeta.core.request.schemas.default_copy import fresh
from utilmeta.core.request.schemas.field import takes_many
from utilmeta.core.request.schemas.model import compile_model
from utilmeta.core.request.unset import UNSET
from utilmeta.utils.exceptions import BadRequest, DeclarationError

# Names that a cookie of a request can have; browsers send others than tokens, too.
COOKIE = re.compile(r"[^\s;=]+(?: +[^\s;=]+)*")

MAPPINGS = frozenset({dict, Mapping, MutableMapping})

Bind = Callable[[Request, Values], Arguments]


@dataclass(frozen=True)
class Binding:
    """How an endpoint takes its arguments; ``bind`` is None when it takes none.

    ``body`` says whether it takes a body, ``json`` whether that may be JSON. The rest is about the parameters in the
    path: their regexes, those with a default, and those that take the rest of the path.
    """

    parameters: tuple[Parameter, ...]
    bind: Bind | None
    body: bool
    json: bool = False
    path_regexes: Mapping[str, str] = field(default_factory=dict)
    path_defaults: frozenset[str] = frozenset()
    path_rests: frozenset[str] = frozenset()

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers that parameters, or members of a whole set of them, are sent in."""
        sent = (parameter for parameter in self.parameters if parameter.marker.place == "header")
        return tuple(name for each in sent for name in ((each.sent_as,) if each.model is None else each.shown.values()))


def compile_binding(
    function: Callable[..., Any],
    label: str,
    path_names: Iterable[str],
    shared: Sequence[Parameter] = (),
    api: type | None = None,
) -> Binding:
    """Compile the signature of ``function`` to a Binding, which turns a request into its arguments.

    ``label`` is its name in errors. ``path_names`` are the template names of its route. ``shared`` are parameters of
    its class, ``api``, which are bound together with its own (API-4). Raises DeclarationError.
    """
    own = tuple(declared(function, label, frozenset(path_names), api))
    twice = {parameter.name for parameter in shared} & {parameter.name for parameter in own}
    if twice:
        raise DeclarationError(f"{label}: parameter {min(twice)!r} is one of its class too; give it another name")
    return bound((*shared, *own), label)


def bound(parameters: tuple[Parameter, ...], label: str) -> Binding:
    """Return the binding of compiled parameters. Raises DeclarationError for one with a File."""
    for parameter in parameters:
        if declares_file(parameter.adapter.core_schema) or any(map(is_file, members_of(parameter.annotation))):
            raise DeclarationError(
                f"{label}: parameter {parameter.name!r} has a File, which endpoints do not take yet; clients send them"
            )
    body = compile_body(parameters, label)
    paths = [parameter for parameter in parameters if parameter.marker.place == "path"]
    return Binding(
        parameters,
        binder(parameters, body) if parameters else None,
        body is not None,
        body is not None and body.json,
        {parameter.name: parameter.marker.regex for parameter in paths if parameter.marker.regex is not None},
        frozenset(parameter.name for parameter in paths if parameter.optional),
        frozenset(parameter.name for parameter in paths if isinstance(parameter.marker, FilePathParam)),
    )


def members_of(annotation: Any) -> list[Any]:
    """Return the types of the members of a class; pydantic's schema does not have those of a class of utype."""
    try:
        return list(get_type_hints(annotation).values()) if isinstance(annotation, type) else []
    except (NameError, TypeError):
        return []


# --- declaration ---


def declared(
    function: Callable[..., Any], label: str, path_names: frozenset[str], api: type | None
) -> Iterable[Parameter]:
    """Compile each parameter of a function. Raises DeclarationError, which begins with ``label``."""
    try:
        hints = hints_of(function, api)
    except DeclarationError:  # for a TypeVar without a type
        raise
    except Exception as error:
        raise DeclarationError(f"{label}: its annotations do not resolve: {error}") from error
    for parameter in list(signature_of(function).parameters.values())[1:]:
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD, parameter.POSITIONAL_ONLY):
            raise DeclarationError(
                f"{label}: parameter {parameter.name!r} cannot be bound by name; endpoints take no *args, **kwargs or "
                "positional-only parameters"
            )
        annotation = hints.get(parameter.name, Any)
        if isinstance(annotation, Open):
            annotation.refuse(f"{label}: parameter {parameter.name!r}")
        yield compile_parameter(parameter, annotation, label, path_names)


def compile_shared(
    declared: Mapping[str, tuple[Any, Any]], label: str, path_names: Iterable[str]
) -> tuple[Parameter, ...]:
    """Compile the parameters that a class, called ``label``, declares for all of its endpoints.

    ``declared`` has each one's annotation and marker or default by name.
    """
    names = frozenset(path_names)
    for name, (annotation, _) in declared.items():
        if isinstance(annotation, Open):
            annotation.refuse(f"{label}: parameter {name!r}")
    return tuple(
        compile_parameter(
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=inspect.Parameter.empty if given is UNSET else given
            ),
            annotation,
            label,
            names,
        )
        for name, (annotation, given) in declared.items()
    )


def compile_parameter(
    parameter: inspect.Parameter, annotation: Any, label: str, path_names: frozenset[str]
) -> Parameter:
    """Compile one parameter. Raises DeclarationError, which begins with ``label``."""
    name, where = parameter.name, f"{label}: parameter {parameter.name!r}"
    marker, default, annotation = said_of(parameter, annotation, name in path_names, where)
    if isinstance(marker, PathParam) and name not in path_names:
        raise DeclarationError(f"{label}: path parameter {name!r} is not in its route template")
    if marker.place != "path" and name in path_names:
        raise DeclarationError(
            f"{label}: parameter {name!r} is in the route template, so it is no {marker.place} parameter"
        )
    if marker.whole:
        return compile_set(name, marker, default, annotation, label)
    plain_type = without_markers(annotation)
    sent_type = plain_type
    if marker.place == "header" and is_mapping(plain_type):
        from utilmeta.core.request.parameters.json_header import of_json

        sent_type = of_json(plain_type)
    kind = constrained(sent_type, marker, where)
    adapter = compile_adapter(kind, where)
    if marker.place != "body" and sent_type is plain_type:
        check_text(plain_type, compile_adapter(plain_type, where).core_schema, marker.place, where)
        adapter = adapter.texts
    elif marker.place == "body" and marker.regex is not None:
        check_judged(plain_type, compile_adapter(plain_type, where).core_schema, where)
    if default is not UNSET:  # without bounds, which are for what is sent
        check_default(default, compile_adapter(plain_type, where), where)
    plain = (kind is str or kind is Any) and marker.place != "body"
    sent_as = marker.sent_as(name)
    check_name(marker, sent_as, where)
    key = sent_as.lower() if marker.place == "header" else sent_as
    validate = None if plain else adapter.validate_python
    many, default = takes_many(annotation), fresh(default, where)
    return Parameter(name, marker, sent_as, key, default, many, adapter, validate, annotation=annotation)


def said_of(parameter: inspect.Parameter, annotation: Any, in_path: bool, label: str) -> tuple[Param, Any, Any]:
    """Return a parameter's marker, default and annotation, with what a pydantic.Field in them declares taken in."""
    if not is_marker(parameter.default):
        given = UNSET if parameter.default is parameter.empty else parameter.default
        check_unmarked(parameter.name, given, annotation, extras(annotation), label)
    said = read_field(annotation, parameter.default, label)
    plain = not is_parameter(parameter.default) and parameter.default is not parameter.empty
    if isinstance(parameter.default, FieldInfo):
        parameter = parameter.replace(default=parameter.empty)
    marker, default = marker_of(parameter, said.annotation, in_path, label)
    if said.alias is not None:
        check_alias(said.alias, marker, label)
        marker = copy.copy(marker)
        marker.alias = said.alias
    if said.default is not UNSET and default is not UNSET and not plain:
        raise DeclarationError(f"{label} has two defaults, of its marker and of its Field; give it one")
    return marker, said.default if default is UNSET else default, said.annotation


def compile_set(name: str, marker: Param, default: Any, annotation: Any, label: str) -> Parameter:
    """Compile a parameter that takes all of the query, headers or cookies, as its marker says."""
    model = compile_model(annotation, f"{label}: parameter {name!r}")
    if model.fields is None:
        raise DeclarationError(
            f"{label}: parameter {name!r} takes the whole {marker.place}, but its type is neither a model nor a mapping"
        )
    shown = {}
    if marker.place == "header":
        shown = {field.names[0]: header_name(field.names[0], field.aliased) for field in model.fields}
    check_members(model.adapter.core_schema, marker.place, f"{label}: parameter {name!r}")
    check_default(default, model.adapter, f"{label}: parameter {name!r}")
    adapter = model.adapter.texts
    default = fresh(default, f"{label}: parameter {name!r}")
    return Parameter(name, marker, "", "", default, False, adapter, adapter.validate_python, model, shown)


def check_name(marker: Param, sent_as: str, label: str) -> None:
    """Raise DeclarationError for a name that no header or cookie can be sent under."""
    if marker.place == "header" and not TOKEN.fullmatch(sent_as):
        raise DeclarationError(f"{label}: no header can be called {sent_as!r}")
    if marker.place == "header" and "_" in sent_as:
        cure = sent_as.replace("_", "-")
        raise DeclarationError(f"{label}: servers drop headers with an underscore, as {sent_as!r}; call it {cure!r}")
    if marker.place == "cookie" and not COOKIE.fullmatch(sent_as):
        raise DeclarationError(f"{label}: no cookie can be called {sent_as!r}")


def marker_of(parameter: inspect.Parameter, annotation: Any, in_path: bool, label: str) -> tuple[Param, Any]:
    """Return the marker and default of a parameter.

    The marker is that of the default or of the Annotated type; without one, it is a path parameter if the route has its
    name, else a query parameter.
    """
    default = UNSET if parameter.default is parameter.empty else parameter.default
    given = as_marker(default, in_path, label)
    noted = [marker for extra in extras(annotation) if (marker := as_marker(extra, in_path, label)) is not None]
    if len(noted) + (given is not None) > 1:
        raise DeclarationError(f"{label} has two markers; one says where it is sent, and all else about it")
    if given is not None:
        return given, given.default
    if noted:
        return noted[0], noted[0].default if default is UNSET else default
    return (PathParam() if in_path else QueryParam()), default


def as_marker(value: Any, in_path: bool, label: str) -> Param | None:
    """Return ``value`` as a marker, called if it is bare; a field of utype becomes one. None for anything else."""
    if isinstance(value, type) and issubclass(value, Param):
        return value()
    if isinstance(value, Param):
        return value
    if "utype" in sys.modules:
        from utilmeta.core.request.schemas import utype

        if utype.is_field(value):
            options, rules = utype.options_of(value, label)
            if in_path and "alias" in options:
                raise DeclarationError(f"{label}: the route template names it, so it takes no alias")
            marker = (PathParam if in_path else QueryParam)(**options)
            marker.rules = rules
            return marker
    return None


def extras(annotation: Any) -> tuple[Any, ...]:
    """Return the metadata of an Annotated type, nothing for any other."""
    return get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()


def without_markers(annotation: Any) -> Any:
    """Return the type within an Annotated whose metadata is markers alone; any other annotation as it is."""
    notes = extras(annotation)
    ours = [isinstance(note, Param) or (isinstance(note, type) and issubclass(note, Param)) for note in notes]
    return get_args(annotation)[0] if notes and all(ours) else annotation


def is_mapping(annotation: Any) -> bool:
    """Return whether a type is a mapping of no class of its own, or that and None."""
    kinds = alternatives(annotation)
    return bool(kinds) and all((get_origin(kind) or kind) in MAPPINGS for kind in kinds)


# --- binding ---


def binder(parameters: Sequence[Parameter], body: BodyReader | None) -> Bind:
    """Return the function that binds a request to arguments. It raises the errors of all parameters together."""
    sent = [(parameter, compile_extractor(parameter)) for parameter in parameters if parameter.marker.place != "body"]

    def bind(request: Request, values: Values) -> Arguments:
        arguments: Arguments = {}
        errors: list[Offence] = []
        content = UNSET if body is None else body.read(request)
        for parameter, lookup in sent:
            take(parameter, lookup(request, values), arguments, errors)
        if body is not None:
            body.taker(request, content)(content, arguments, errors)
        if errors:
            raise BadRequest(errors=errors)
        return arguments

    return bind
