"""Check of the headers of a strict template against what it annotates them with (RESPONSE-g12).

They are texts, so they are read as a request's are (REQUEST-g23): converted to the types of the members, whose names
are those of headers, in any case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pydantic

from utilmeta.core.request.parameters.extractors import header_name, header_texts
from utilmeta.core.request.parameters.parameter import offences
from utilmeta.core.request.schemas.model import compile_model
from utilmeta.core.response.response import Response
from utilmeta.core.response.validation import promises
from utilmeta.utils.exceptions import DeclarationError, ResultMismatch


def headers_check(annotation: Any, template: type[Response], label: str) -> Callable[[Any], Any]:
    """Return the check of Responses of ``template`` that the endpoint ``label`` answers with; it returns the Response.

    It raises ResultMismatch. Raises DeclarationError, naming the template, for an annotation that no headers fit.
    """
    model = compile_model(annotation, f"{template.__qualname__}.headers")
    if model.fields is None:
        raise DeclarationError(
            f"{template.__qualname__}.headers is annotated with what is neither a model nor a mapping"
        )
    members, validate = header_texts(model), model.adapter.texts.validate_python
    shown = {field.names[0]: header_name(field.names[0], field.aliased) for field in model.fields}

    def check(response: Any) -> Any:
        if isinstance(response, template) and promises(response):
            try:
                validate(members({name.lower(): value for name, value in reversed(response.fields)}))
            except pydantic.ValidationError as error:
                found = offences(error, "header", "", "headers", shown=shown)
                raise ResultMismatch(label, [f"header {each['name']}: {each['reason']}" for each in found]) from None
        return response

    return check
