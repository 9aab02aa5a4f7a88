"""Choice of the template that an endpoint's results are put into: the nearest, found once (RESPONSE-3).

It is the endpoint's return annotation, else that of an after hook of its class (API-g40), else ``response`` of its
class, else those of the class that mounts it, and so on. Response itself, as an annotation, is no template.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, get_args, get_origin

from utilmeta.core.annotations.generic import alias_of, attribute_type, specialized
from utilmeta.core.annotations.names import annotated_names
from utilmeta.core.annotations.signature import hints_of
from utilmeta.core.errors.framework import answer_of, converted
from utilmeta.core.response.response import Response, Result
from utilmeta.core.response.stream import is_stream, refuse
from utilmeta.utils.exceptions import DeclarationError, HTTPError

Template = type[Response]
Check = Callable[[Any], Any]


NO_HOOKS: Mapping[type, Template] = {}


def compile_template(
    function: Callable[..., Any], classes: Sequence[type], of_hooks: Mapping[type, Template] = NO_HOOKS
) -> Template | None:
    """Return the template of the results of ``function``, an endpoint, or None.

    ``classes`` are the API classes on the way to it, the outermost first and its own last; ``of_hooks`` has the
    template of the after hooks that each of them has around the endpoint. Raises DeclarationError, naming the class,
    for a ``response`` that is not a subclass of Response.
    """
    declared = template_of(function, classes[-1])
    return template_around(classes, of_hooks) if declared is None else declared


def template_around(classes: Sequence[type], of_hooks: Mapping[type, Template] = NO_HOOKS) -> Template | None:
    """Return the template that classes give to what says nothing of its own; see ``compile_template``."""
    for cls in reversed(classes):
        if cls in of_hooks:
            return of_hooks[cls]
        template = getattr(cls, "response", None)
        if is_stream(get_origin(template) or template):
            refuse(f"{cls.__qualname__}.response")
        if isinstance(template, type):
            if not issubclass(template, Response):
                raise DeclarationError(f"{cls.__qualname__}.response is a template, a subclass of Response; it is not")
            return template
        if alias_of(template, Response):
            return specialized(template)
    return None


def template_of(function: Callable[..., Any], cls: type) -> Template | None:
    """Return the template in the return annotation of an endpoint or hook of ``cls``, in Annotated and ``| None`` too.

    Raises DeclarationError for an annotation in which a template is a part of the result.
    """
    annotation = hints_of(function, cls).get("return")
    if isinstance(annotation, Response):
        raise DeclarationError(f"{function.__qualname__} is annotated with a Response; a template is a class")
    kinds = [kind for kind in alternatives(annotation) if kind is not type(None)]
    for kind in kinds:
        for inner in parts(kind):
            raise DeclarationError(
                f"{function.__qualname__}: {inner.__qualname__} is within its return annotation, {annotation!r}; a "
                f"template is for the whole result: -> {inner.__qualname__}"
            )
    if len(kinds) != 1:
        return None
    kind = kinds[0]
    if Response in (kind, get_origin(kind)):
        return None
    if alias_of(kind, Response):
        return specialized(kind)
    if is_response(kind):
        template: Template = kind
        return template
    return None


def alternatives(annotation: Any) -> Iterable[Any]:
    """Return the types of a union, or the one type, without the metadata of Annotated."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return alternatives(arguments[0])
    if origin in (typing.Union, types.UnionType):
        return [kind for argument in arguments for kind in alternatives(argument)]
    return (annotation,)


def parts(kind: Any) -> Iterable[Template]:
    """Yield the Response classes within a type, as in a list of them."""
    for argument in get_args(kind):
        yield from ([argument] if is_response(argument) else parts(argument))


def is_response(kind: Any) -> bool:
    """Return whether a type is a subclass of Response."""
    return isinstance(kind, type) and issubclass(kind, Response)


def compile_result_check(
    function: Callable[..., Any], label: str, cls: type, template: Template | None, *, strict: bool
) -> Check | None:
    """Return the check of a result before it is put into the template; None where none is asked for.

    ``function`` is an endpoint of ``cls``, called ``label`` in errors. A template that is ``strict`` checks its
    ``result``; a service that is ``strict`` checks the endpoint's annotation (PREFERENCE-2, RESPONSE-5b).
    """
    if not strict and not (template is not None and template.strict):
        return None
    from utilmeta.core.response.validation import check_of, compile_check

    if template is not None and (template.strict or template_of(function, cls) is template):
        return check_of(result_of(template, cls), label)
    return compile_check(function, label, cls)


def result_of(template: Template, cls: type) -> Any:
    """Return the type that a template declares for its ``result``, for an endpoint of ``cls``.

    It is annotated, or the type argument of Response; Any without either. Raises DeclarationError, naming the template,
    where it is strict and declares none.
    """
    if declares(template, "result"):
        return declared_type(template, "result", cls)
    given = given_result(template, cls)
    if template.strict and given is Any and not declares(template, "headers"):
        raise DeclarationError(
            f"{template.__qualname__} is strict, but says nothing of its result; annotate it: result: ..."
        )
    return given


def given_result(template: Template, cls: type) -> Any:
    """Return the type that a template gives Response as a type argument, Any where it gives none."""
    return attribute_type("result", Result, template, cls)


def declares(template: Template, name: str) -> bool:
    """Return whether a template annotates ``result`` or ``headers``."""
    own = template.__mro__[: template.__mro__.index(Response)]
    return any(name in annotated_names(each) for each in own)


def declared_type(template: Template, name: str, cls: type) -> Any:
    """Return the annotation of ``result`` or ``headers``, for an endpoint of ``cls``. Raises DeclarationError."""
    try:
        hint = typing.get_type_hints(template, include_extras=True)[name]
    except Exception as error:  # an annotation may be any expression
        raise DeclarationError(f"{template.__qualname__}: its annotations do not resolve: {error}") from error
    return attribute_type(name, hint, template, cls)


def compile_headers_check(label: str, cls: type, template: Template | None) -> Check | None:
    """Return the check of a Response's headers, or None where the template of the endpoint asks for none.

    The endpoint is one of ``cls``, called ``label`` in errors (RESPONSE-g12).
    """
    if template is None or not template.strict or not declares(template, "headers"):
        return None
    from utilmeta.core.response.headers_check import headers_check

    return headers_check(declared_type(template, "headers", cls), template, label)


def shape(template: Template | None, result: Any) -> Response:
    """Return a result as a Response, made by the template.

    What is a Response already stays as it is (RESPONSE-4, BACKEND-11).
    """
    result = converted(result)
    if isinstance(result, Response):
        return result
    return Response(result) if template is None else template(result)


def response_to(error: BaseException) -> Response | None:
    """Return the response for a framework's exception that is no error; None for any other exception.

    Such an exception carries its own response, or a status below 400.
    """
    answer = None if isinstance(error, HTTPError) else answer_of(error)
    if answer is None or (answer.result is None and answer.status >= 400):
        return None
    return Response("", answer.status, headers=answer.headers) if answer.result is None else shape(None, answer.result)
