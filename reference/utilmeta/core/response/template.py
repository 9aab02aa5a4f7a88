"""Which template the results of an endpoint are put into: the nearest, found once (RESPONSE-3).

Its return annotation, else ``response`` of its class, else that of the class around it, and so on. An annotation that
is plain Response is no template.
"""

from __future__ import annotations

import typing
from collections.abc import Callable
from typing import Any

from utilmeta.core.api.generic import alias_of, attribute_type, specialized
from utilmeta.core.api.signature import hints_of
from utilmeta.core.api.tree import Endpoint
from utilmeta.core.response.response import Response
from utilmeta.utils.exceptions import DeclarationError

Template = type[Response]
Check = Callable[[Any], Any]


def compile_template(endpoint: Endpoint) -> Template | None:
    """The template of an endpoint's results, None where there is none. Raises DeclarationError for one that is no
    subclass of Response, naming the class."""
    declared = template_of(endpoint.function, endpoint.api)
    if declared is not None:
        return declared
    for cls in reversed(endpoint.classes):
        template = getattr(cls, "response", None)
        if isinstance(template, type):
            if not issubclass(template, Response):
                raise DeclarationError(f"{cls.__qualname__}.response is a template, a subclass of Response; it is not")
            return template
        if alias_of(template, Response):
            return specialized(template)
    return None


def template_of(function: Callable[..., Any], cls: type) -> Template | None:
    """The template that a function of ``cls``, an endpoint or hook, has as its return annotation."""
    annotation = hints_of(function, cls).get("return")
    if alias_of(annotation, Response):
        return specialized(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Response) and annotation is not Response:
        return annotation
    return None


def compile_result_check(endpoint: Endpoint, template: Template | None, *, strict: bool) -> Check | None:
    """What looks at a result before it is put into the template: its ``result`` where it is ``strict``, and what the
    endpoint is annotated with where the service is (PREFERENCE-2, RESPONSE-5b). None where nobody asked."""
    if not strict and not (template is not None and template.strict):
        return None
    from utilmeta.core.response.validation import check_of, compile_check

    if template is not None and (template.strict or template_of(endpoint.function, endpoint.api) is template):
        return check_of(result_of(template, endpoint.api), endpoint.label)
    return compile_check(endpoint.function, endpoint.label, endpoint.api)


def result_of(template: Template, cls: type) -> Any:
    """What a template says its results are, of an endpoint of ``cls``. Raises DeclarationError naming it."""
    try:
        hint = typing.get_type_hints(template, include_extras=True).get("result", Any)
    except Exception as error:  # an annotation may be any expression
        raise DeclarationError(f"{template.__qualname__}: its annotations do not resolve: {error}") from error
    return attribute_type("result", hint, template, cls)


def shape(template: Template | None, result: Any) -> Response:
    """The Response of a result, made by the template; one that is built already stays as it is (RESPONSE-4)."""
    if isinstance(result, Response):
        return result
    return Response(result) if template is None else template(result)
