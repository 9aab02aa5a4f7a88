"""Binding of a request's body to arguments: the content types it may have, its parsing and its validation.

In the order of ERROR-1f: ``read`` finds a body that is too large (413), a type that is not taken (415) and a body that
does not parse (400); ``take`` finds what is missing or does not convert, told with all other parameters.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, get_args, get_origin

import pydantic

from utilmeta.core.request.body.content import (
    Kind,
    binary_content,
    files,
    json_content,
    json_text,
    multipart_content,
    text_content,
    urlencoded_content,
)
from utilmeta.core.request.body.form import MULTIPART, URLENCODED, Fields
from utilmeta.core.request.body.large import LARGE, Quick, large
from utilmeta.core.request.content_type import is_json, media_type
from utilmeta.core.request.markers import Body, BodyParam, Form, Json
from utilmeta.core.request.origin import check_form
from utilmeta.core.request.parameters.parameter import (
    TOO_DEEP,
    Arguments,
    Offence,
    Parameter,
    absent,
    offence,
    offences,
    take,
)
from utilmeta.core.request.parameters.text_convertible import check_members
from utilmeta.core.request.request import Request, too_large
from utilmeta.core.request.schemas.field import takes_many, unnamed
from utilmeta.core.request.schemas.model import Model, compile_model, model_of
from utilmeta.core.request.unset import UNSET
from utilmeta.utils.exceptions import DeclarationError, UnsupportedMediaType

Read = Callable[[Request], Any]
Take = Callable[[Any, Arguments, list[Offence]], None]

NO_FIELDS = Fields()


@dataclass(frozen=True)
class BodyReader:
    """Compiled body of an endpoint: ``read`` parses it, ``take`` adds it to the arguments.

    ``take_large`` does so for a body of more than ``large`` bytes, ``take_form`` for a form where ``take`` is for JSON
    alone. ``json`` says whether it may be JSON.
    """

    read: Read
    take: Take
    take_large: Take
    take_form: Take | None = None
    json: bool = False
    large: int = LARGE

    def taker(self, request: Request, content: Any) -> Take:
        """Return the function that takes this content, which ``read`` has returned of the request."""
        if self.take_form is not None and isinstance(content, Fields):
            return self.take_form
        return self.take_large if len(request.body) > self.large else self.take


def compile_body(parameters: Sequence[Parameter], label: str) -> BodyReader | None:
    """Compile the body of an endpoint, called ``label`` in errors; None where no parameter is sent in it.

    Raises DeclarationError where several parameters take the whole body.
    """
    bodies = [parameter for parameter in parameters if isinstance(parameter.marker, Body)]
    fields = [parameter for parameter in parameters if isinstance(parameter.marker, BodyParam)]
    if len(bodies) > 1 or (bodies and fields):
        raise DeclarationError(
            f"{label}: parameter {bodies[-1].name!r} takes the whole body, which another parameter takes too; "
            "declare one Body, Json or Form, or only BodyParam fields"
        )
    if bodies:
        return whole_body(bodies[0], label)
    return body_fields(fields) if fields else None


def check_method(method: str, parameters: Iterable[Parameter], label: str) -> None:
    """Raise DeclarationError for a body parameter of a GET, whose content has no meaning (RFC 9110, 9.3.1)."""
    for parameter in parameters:
        if method == "GET" and parameter.marker.place == "body":
            raise DeclarationError(
                f"{label}: parameter {parameter.name!r} is sent in the body, which a GET has not; make it a query "
                "parameter, or the endpoint a POST, PUT or PATCH"
            )


def whole_body(body: Parameter, label: str) -> BodyReader:
    """Compile a parameter that takes the whole body."""
    marker, where = body.marker, f"{label}: parameter {body.name!r}"
    assert isinstance(marker, Body)
    sent = marker.content_type
    if isinstance(marker, Form) or sent in (URLENCODED, MULTIPART):
        kinds = [kind for kind in form_contents() if sent in (None, kind.name)]
        taker = form_taker(body, where)
        return BodyReader(reader(kinds, marker.max_size), taker, taker)
    if sent is None or is_json(sent):
        takes_form = sent is None and not isinstance(marker, Json)
        fields = form_model(body) if takes_form else None
        forms = [] if fields is None else [replace(form, check=check_form) for form in form_contents()]
        return BodyReader(
            reader([json_text(sent), *forms], marker.max_size, check_form if takes_form else None),
            json_taker(body, body.adapter.validate_json),
            json_taker(body, Quick(body.adapter).validate_json),
            take_form=None if fields is None else fields_of_form_taker(body, fields),
            json=True,
            large=large([body.adapter]),
        )
    taker, allowed = value_taker(body), set(alternatives(body.annotation))
    if allowed == {str} or (allowed == {Any} and sent.startswith("text/")):
        return BodyReader(reader([text_content(sent)], marker.max_size), taker, taker)
    if allowed in ({bytes}, {Any}):
        return BodyReader(reader([binary_content(sent)], marker.max_size), taker, taker)
    raise DeclarationError(f"{where} is a body of {sent}, which is a str or bytes, not {body.annotation!r}")


# --- reading ---


def form_contents() -> tuple[Kind, Kind]:
    """Return the Kinds of forms."""
    return urlencoded_content(), multipart_content()


def reader(
    kinds: Sequence[Kind], max_size: int | None = None, check_empty: Callable[[Request], None] | None = None
) -> Read:
    """Return a function that parses a request's body by its content type, which has to be one of ``kinds``.

    A body without a content type is of the first kind. The function returns the content, UNSET for an empty body. It
    raises UnsupportedMediaType, what the kind's check and parsing raise, and what ``check_empty`` raises for a form
    without fields.
    """
    names = " or ".join(kind.name for kind in kinds)

    def read(request: Request) -> Any:
        body = request.body
        if not body:
            if check_empty is not None and media_type(request.header("content-type") or "") in (URLENCODED, MULTIPART):
                check_empty(request)
            return UNSET
        if max_size is not None and len(body) > max_size:
            raise too_large(max_size)
        content_type = request.header("content-type") or kinds[0].name
        kind = kind_of(media_type(content_type))
        if kind.check is not None:
            kind.check(request)
        return kind.parse(body, content_type)

    def kind_of(sent: str) -> Kind:
        for kind in kinds:
            if kind.takes(sent):
                return kind
        raise UnsupportedMediaType(f"The body must be {names}, not {sent}")

    return read


# --- taking ---


def value_taker(body: Parameter) -> Take:
    """Return a function that validates a text or bytes."""

    def taken(content: Any, arguments: Arguments, errors: list[Offence]) -> None:
        take(body, content, arguments, errors)

    return taken


def json_taker(body: Parameter, validate: Callable[[Any], Any]) -> Take:
    """Return a function that validates a JSON text; a list type takes a single object as a list of one (REQUEST-10)."""
    many = takes_list(body.annotation)

    def taken(content: Any, arguments: Arguments, errors: list[Offence]) -> None:
        if content is UNSET:
            absent(body, arguments, errors)
            return
        alone = many and content.lstrip()[:1] == b"{"
        try:
            arguments[body.name] = validate(b"[%s]" % content if alone else content)
        except pydantic.ValidationError as error:
            errors.extend(offences_of(body, error, alone=alone))
        except RecursionError:
            errors.append(offence("body", body.name, TOO_DEEP))

    return taken


def form_taker(body: Parameter, where: str) -> Take:
    """Return a function that validates the fields of a form as one mapping; an empty body is a form without fields."""
    model = compile_model(body.annotation, where)
    if model.fields is None:
        raise DeclarationError(
            f"{where} is a form, whose fields have names: annotate a model or a dict, not {body.annotation!r}"
        )
    check_members(model.adapter.core_schema, "form", where)
    return fields_of_form_taker(body, model)


def form_model(body: Parameter) -> Model | None:
    """Return the model of a form's fields, for a body that may be one: of its type, or of a list's items.

    None where no fields become that.
    """
    annotation = body.annotation
    if takes_list(annotation):
        annotation = next(iter(get_args(unnamed(alternatives(annotation)[0]))), Any)
    model = model_of(annotation, body.adapter)
    return None if model.fields is None else model


def fields_of_form_taker(body: Parameter, model: Model) -> Take:
    """Return a function that validates the fields of a form; a list type takes them as a list of one (REQUEST-g17)."""
    alone = takes_list(body.annotation)
    validate = body.adapter.texts.validate_python
    alike = [frozenset(field.names) for field in model.fields or ()]

    def taken(content: Any, arguments: Arguments, errors: list[Offence]) -> None:
        if content is UNSET and body.optional:
            absent(body, arguments, errors)
            return
        form = NO_FIELDS if content is UNSET else content
        errors.extend(files(form))
        members = model.members(form.texts)
        try:
            arguments[body.name] = validate([members] if alone else members)
        except pydantic.ValidationError as error:
            found = offences_of(body, error, alone=alone)
            errors.extend(found if not form.files else unsent(found, form.files, alike))
        except RecursionError:
            errors.append(offence("body", body.name, TOO_DEEP))

    return taken


def offences_of(body: Parameter, error: pydantic.ValidationError, *, alone: bool) -> list[Offence]:
    """Return what is wrong with a whole body; ``alone`` says that it was taken as a list of one, which has no index."""
    found = offences(error, "body", "", body.name, most_errors=body.adapter.most_errors)
    if not alone:
        return found
    return [offence("body", each["name"].partition(".")[2] or body.name, each["reason"]) for each in found]


def body_fields(fields: Sequence[Parameter]) -> BodyReader:
    """Compile parameters that are single fields of a JSON object or of a form, whichever is sent (REQUEST-12)."""
    read = reader([json_content(), *form_contents()])
    of_texts = [replace(each, validate=each.adapter.texts.validate_python) for each in fields]
    quick = [replace(each, validate=Quick(each.adapter).validate_python) for each in fields]
    quick_of_texts = [replace(each, validate=Quick(each.adapter.texts).validate_python) for each in fields]
    return BodyReader(
        read,
        fields_taker(fields, of_texts),
        fields_taker(quick, quick_of_texts),
        json=True,
        large=large([each.adapter for each in fields]),
    )


def fields_taker(fields: Sequence[Parameter], form_fields: Sequence[Parameter]) -> Take:
    """Return a function that validates single fields; ``form_fields`` are ``fields`` with validators for texts."""

    def taken(content: Any, arguments: Arguments, errors: list[Offence]) -> None:
        if content is UNSET or isinstance(content, dict):
            members: dict[str, Any] = content if isinstance(content, dict) else {}
            for parameter in fields:
                take(parameter, members.get(parameter.key, UNSET), arguments, errors)
        elif isinstance(content, Fields):
            errors.extend(files(content))
            for parameter in form_fields:
                texts = content.texts.get(parameter.key)
                if parameter.key not in content.files:
                    value = UNSET if texts is None else texts if parameter.many else texts[-1]
                    take(parameter, value, arguments, errors)
        else:
            errors.append(offence("body", "", "Input should be an object"))

    return taken


def unsent(found: Iterable[Offence], names: Iterable[str], alike: Iterable[frozenset[str]]) -> list[Offence]:
    """Return the offences of form fields that were not sent as files; those that were have an offence already.

    ``alike`` are sets of names for one field.
    """
    told = frozenset(names).union(*(each for each in alike if not each.isdisjoint(names)))
    return [each for each in found if each["name"] not in told and each["name"].partition(".")[0] not in told]


def takes_list(annotation: Any) -> bool:
    """Return whether a type takes several values and nothing else, so that a single one is a list of one."""
    return all(map(takes_many, alternatives(annotation)))


def alternatives(annotation: Any) -> tuple[Any, ...]:
    """Return the types that an annotation allows beside None."""
    annotation = unnamed(annotation)
    origin = get_origin(annotation)
    if origin is Annotated:
        return alternatives(get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return tuple(kind for member in get_args(annotation) for kind in alternatives(member))
    return () if annotation is type(None) else (annotation,)
