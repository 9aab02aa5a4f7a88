"""Writes the classes of a module: models, dataclasses, TypedDicts, Enums, templates and clients."""

from __future__ import annotations

import enum
import keyword
from collections.abc import Iterator, Sequence
from typing import Any

import pydantic

from utilmeta.core.cli.generation.annotations import Annotations, joined, refusal
from utilmeta.core.cli.generation.description import Argument, Description, RequestFunction
from utilmeta.core.cli.generation.layout import WIDTH, Doc, Group, block, docstring, flat, line, literal, quoted
from utilmeta.core.cli.generation.models import Field, Model, member_values, mixin
from utilmeta.core.cli.generation.names import identifier
from utilmeta.core.cli.generation.namespace import Namespace
from utilmeta.core.request import markers
from utilmeta.core.request.markers import Body, Param
from utilmeta.core.request.unset import UNSET
from utilmeta.core.response.response import KEYS, Response
from utilmeta.core.response.template import declared_type, declares, given_result
from utilmeta.utils.exceptions import DeclarationError

TAKEN = frozenset(dir(pydantic.BaseModel))
TYPES = "typing_extensions"
CORE = Param.__module__.partition(".request")[0]


class Classes:
    """Writes classes; ``written`` are their sources, in the order in which they need each other."""

    def __init__(self, names: Namespace) -> None:
        self.names = names
        self.annotations = Annotations(names, self.model)
        self.written: list[str] = []

    # --- types ---

    def model(self, kind: Any, model: Model, name: str, where: str) -> None:
        """Write a class with fields, or an Enum. Raises DeclarationError, which begins with ``where``."""
        form = model.form
        if form == "dataclass" and any(not is_plain(field) for field in model.fields):
            form = "model"
        lines = {
            "enum": self.enum_lines,
            "model": self.model_lines,
            "dataclass": self.dataclass_lines,
            "mapping": self.mapping_lines,
            "tuple": self.tuple_lines,
            "root": self.root_lines,
        }[form]
        try:
            self.written.append(lines(kind, model, name, where))
        except DeclarationError as error:
            raise error if str(error).startswith(where) else refusal(kind, where, str(error)) from None

    def enum_lines(self, kind: Any, model: Model, name: str, where: str) -> str:
        """Return the lines of an Enum."""
        extra = mixin(kind)
        flag = ("IntFlag" if extra is int else "Flag") if issubclass(kind, enum.Flag) else None
        bases = self.names.imported("enum", flag or "Enum")
        if extra is not object and flag is None:
            bases = f"{self.names.imported('builtins', extra.__name__)}, {bases}"
        values = [f"{self.names.attribute(member)} = {value}" for member, value in member_values(kind)]
        return block(f"class {name}({bases}):", model.doc, [values])

    def model_lines(self, kind: Any, model: Model, name: str, where: str) -> str:
        """Return the lines of a pydantic model."""
        options = ['extra="allow"'] if model.open else []
        lines, taken = [], set(TAKEN)
        for field in model.fields:
            own = identifier(field.name, taken, "field")
            taken.add(own)
            options += ["populate_by_name=True"] * ((own,) != tuple(field.read) or own != field.sent)
            options += ["protected_namespaces=()"] * own.startswith("model_")
            lines.append(self.model_field(field, own, f"{where}, in {model.name}.{field.name}"))
        config: list[str] = []
        if options:
            self.names.attribute("model_config")
            made = Group(f"{self.names.imported('pydantic', 'ConfigDict')}(", sorted(set(options)), ")")
            config = [line(("model_config = ", made), 4)]
        return block(f"class {name}({self.names.imported('pydantic', 'BaseModel')}):", model.doc, [config, lines])

    def model_field(self, field: Field, name: str, where: str) -> str:
        """Return the line of a field of a pydantic model."""
        annotation = self.annotations.doc(field.annotation, where)
        default = self.annotations.default(field.default, field.annotation, mutable=True)
        if default == "None":
            annotation = self.annotations.optional(annotation)
        more: list[Doc] = []
        if (name,) != tuple(field.read) or name != field.sent:
            names = [quoted(each) for each in field.read]
            choices: Doc = names[0]
            if names[1:]:
                choices = Group(f"{self.names.imported('pydantic', 'AliasChoices')}(", names, ")")
            more = [("validation_alias=", choices), f"serialization_alias={quoted(field.sent)}"]
        if default is not None and (more or any(self.annotations.bounds(field.notes))):
            more.insert(0, ("default=", default))
        given: Doc | None = self.annotations.constraints(field.notes, *more) or default
        return self.assigned(name, annotation, given)

    def assigned(self, name: str, annotation: Doc, default: Doc | None = None) -> str:
        """Return the line of an annotated attribute."""
        given = () if default is None else (" = ", default)
        return line((f"{self.names.attribute(name)}: ", annotation, *given), 4)

    def dataclass_lines(self, kind: Any, model: Model, name: str, where: str) -> str:
        """Return the lines of a dataclass."""
        lines, optional, by_name = [], False, False
        for field in model.fields:
            place = f"{where}, in {model.name}.{field.name}"
            annotation = self.noted(field, place)
            default = self.annotations.default(field.default, field.annotation, mutable=True)
            if default == "None":
                annotation = self.annotations.optional(annotation)
            by_name = by_name or (optional and default is None)
            optional = optional or default is not None
            if isinstance(field.default, (list, dict, set)) and default is not None:
                made = self.names.imported("dataclasses", "field")
                empty = not field.default and isinstance(annotation, Group)
                factory: Doc = annotation if empty else ("lambda: ", default)
                default = Group(f"{made}(", [("default_factory=", factory)], ")")
            lines.append(self.assigned(field.name, annotation, default))
        decorator = self.names.imported("dataclasses", "dataclass") + ("(kw_only=True)" if by_name else "")
        return f"@{decorator}\n{block(f'class {name}:', model.doc, [lines])}"

    def noted(self, field: Field, where: str) -> Doc:
        """Return the annotation of a field with its constraints."""
        annotation, notes = self.annotations.doc(field.annotation, where), self.annotations.constraints(field.notes)
        return annotation if notes is None else self.annotated(annotation, notes)

    def annotated(self, annotation: Doc, note: Doc) -> Doc:
        """Return an annotation with metadata."""
        return Group(f"{self.annotations.typing('Annotated')}[", [annotation, note], "]")

    def mapping_lines(self, kind: Any, model: Model, name: str, where: str) -> str:
        """Return the lines of a TypedDict."""
        base, keys = self.names.imported(TYPES, "TypedDict"), []
        for field in model.fields:
            hint = self.annotations.doc(field.annotation, f"{where}, in {model.name}[{field.name!r}]")
            if not field.required:
                hint = Group(f"{self.names.imported(TYPES, 'NotRequired')}[", [hint], "]")
            keys.append((field.name, hint))
        if all(is_name(key) for key, _ in keys):
            lines = [self.assigned(key, hint) for key, hint in keys]
            return block(f"class {name}({base}):", model.doc, [lines])
        items = [f"{quoted(key)}: {quoted(flat(hint))}" for key, hint in keys]
        return line((f"{name} = ", Group(f"{base}(", [quoted(name), Group("{", items, "}")], ")"))) + "\n"

    def tuple_lines(self, kind: Any, model: Model, name: str, where: str) -> str:
        """Return the lines of a NamedTuple."""
        lines, optional = [], False
        for field in model.fields:
            annotation = self.annotations.doc(field.annotation, f"{where}, in {model.name}.{field.name}")
            default = self.annotations.default(field.default, field.annotation, mutable=False)
            if default is None and optional:
                raise refusal(kind, where, f"its field {field.name!r} has a default that cannot be written")
            optional = optional or default is not None
            if default == "None":
                annotation = self.annotations.optional(annotation)
            lines.append(self.assigned(field.name, annotation, default))
        return block(f"class {name}({self.annotations.typing('NamedTuple')}):", model.doc, [lines])

    def root_lines(self, kind: Any, model: Model, name: str, where: str) -> str:
        """Return the lines of a RootModel."""
        base = Group(f"{self.names.imported('pydantic', 'RootModel')}[", [self.noted(model.fields[0], where)], "]")
        return block(line((f"class {name}(", base, "):")), model.doc, [])

    # --- templates and clients ---

    def template(self, template: type[Response[Any]], where: str) -> str:
        """Return the name of a template, which is written when it is first needed."""
        key = (template, repr(template))
        if key in self.annotations.classes:
            return self.annotations.classes[key]
        name = self.names.defined(joined(template.__name__), "Answer")
        self.annotations.classes[key] = name
        own = declares(template, "result")
        result = declared_type(template, "result", template) if own else given_result(template, template)
        base = self.response if result is Any else self.response_of(result, where)
        lines = []
        status = getattr(template, "status", None)
        if isinstance(status, int):
            lines.append(f"{self.names.attribute('status')} = {status}")
        for key_name in KEYS:
            value = getattr(template, key_name)
            if value is not None:
                lines.append(f"{self.names.attribute(key_name)} = {quoted(value)}")
        if declares(template, "headers"):
            headers = self.annotations.doc(declared_type(template, "headers", template), f"{where}: its headers")
            self.names.attribute("headers")
            lines.append(f"headers: {flat(headers)}  # type: ignore[assignment]  # pyright: ignore")
        self.written.append(block(line((f"class {name}(", base, "):")), "", [lines]))
        return name

    def client(self, description: Description, base_url: str | None = None) -> str:
        """Write a client, those that it mounts before it, and return its name."""
        lines: list[str] = []
        for mount in description.mounts:
            kind: Doc = self.client(mount.client)
            if mount.template != mount.name:
                at = Group(f"{self.names.imported(CORE, 'api')}.route(", [quoted(mount.template)], ")")
                kind = self.annotated(kind, at)
            lines.append(self.assigned(mount.name, kind))
        functions = [self.function(each) for each in description.functions]
        name = self.names.defined(description.name, "Client")
        url = [] if base_url is None else [f"{self.names.attribute('default_base_url')} = {quoted(base_url)}"]
        head = f"class {name}({self.names.imported(CORE, 'cli')}.Client):"
        self.written.append(block(head, description.doc, [url, lines, *([each] for each in functions)]))
        return name

    def function(self, function: RequestFunction) -> str:
        """Return the lines of a request function."""
        api = self.names.imported(CORE, "api")
        decorator = f"@{api}.{function.method.lower()}"
        if function.template != function.name:
            decorator = line((decorator, Group("(", [quoted(function.template)], ")")), 4)
        parameters: list[Doc] = ["self"]
        docs = list(self.parameters(function.arguments))
        optional = False
        for parameter in docs:
            if optional and not parameter[1] and "*" not in parameters:
                parameters.append("*")
            optional = optional or parameter[1]
            parameters.append(parameter[0])
        returns = self.returns(function)
        head = f"{'async ' if function.asynchronous else ''}def {self.names.attribute(function.name)}"
        doc = docstring(function.doc, 8)
        end = ":" if doc else ": ..."
        text = f"{head}({', '.join(map(flat, parameters))}) -> {flat(returns)}{end}"
        if len(text) > WIDTH - 4:
            listed = "".join(f"        {line((each, ','), 8)}\n" for each in parameters)
            text = f"{head}(\n{listed}    " + line((") -> ", returns, end), 4)
        lines = [decorator, text, *([f"    {doc}"] if doc else [])]
        return "\n    ".join(lines)

    def parameters(self, arguments: Sequence[Argument]) -> Iterator[tuple[Doc, bool]]:
        """Yield the parameters of a request function, and whether each has a default."""
        for each in arguments:
            annotation = self.annotations.doc(each.annotation, each.where)
            default: Doc | None = None
            if each.marker.default is not UNSET:
                default = self.annotations.default(each.marker.default, each.annotation, mutable=False) or "None"
            if default == "None":
                annotation = self.annotations.optional(annotation)
            marker = self.marker(each.marker)
            if marker is not None:
                annotation = self.annotated(annotation, marker)
            given = () if default is None else (" = ", default)
            yield (f"{each.name}: ", annotation, *given), default is not None

    def marker(self, marker: Param) -> Doc | None:
        """Return the source of a marker; None where a parameter is what it says without it."""
        kind: Any = next(each for each in type(marker).__mro__ if vars(markers).get(each.__name__) is each)
        given = [] if marker.alias is None else [quoted(marker.alias)]
        if marker.regex is not None and kind is not markers.SlugPathParam:
            given.append(f"regex={quoted(marker.regex)}")
        given += [f"{name}={source}" for name, bound in marker.bounds.items() if (source := literal(bound)) is not None]
        if isinstance(marker, Body) and marker.content_type is not None and kind is markers.Body:
            given.append(f"content_type={quoted(marker.content_type)}")
        if not given and kind in (markers.PathParam, markers.QueryParam):
            return None
        written = f"{self.names.imported(CORE, 'request')}.{kind.__name__}"
        return Group(f"{written}(", given, ")") if given else written

    def returns(self, function: RequestFunction) -> Doc:
        """Return the return annotation of a request function."""
        parts: list[Doc] = []
        for kind in function.returns:
            if kind is Response:
                parts.append(self.response)
            elif getattr(kind, "__origin__", None) is Response:
                (result,) = kind.__args__
                parts.append(self.response_of(result, function.label))
            else:
                parts.append(self.template(kind, function.label))
        text = " | ".join(map(flat, parts))
        if len(parts) == 1:
            return parts[0]
        return text if len(text) <= WIDTH // 2 else Group(f"{self.annotations.typing('Union')}[", parts, "]")

    def response_of(self, result: Any, where: str) -> Doc:
        """Return the annotation for a Response with a result of this type."""
        return Group(f"{self.response}[", [self.annotations.doc(result, f"{where}: its result")], "]")

    @property
    def response(self) -> str:
        """The name of Response."""
        return self.names.imported("utilmeta.core.response", "Response")


def is_name(text: str) -> bool:
    """Return whether a text is the name of an attribute, as it is written."""
    return text.isidentifier() and not keyword.iskeyword(text) and not text.startswith("__")


def is_plain(field: Field) -> bool:
    """Return whether a field is sent and read under its own name, which can be written."""
    return field.sent == field.name and tuple(field.read) == (field.name,) and is_name(field.name)
