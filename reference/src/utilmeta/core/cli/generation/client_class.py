"""Makes a client class of a description."""

from __future__ import annotations

import inspect
from typing import Any, Union

from utilmeta.core.api.declaration import Operation, Route
from utilmeta.core.cli.generation.description import Description, RequestFunction


def make_class(description: Description, base: type, mounted: type) -> type:
    """Return a subclass of ``base`` with the described request functions.

    The clients that it mounts are subclasses of ``mounted``.
    """
    space: dict[str, Any] = {"__doc__": description.doc or None, "__module__": base.__module__}
    annotations: dict[str, Any] = {}
    for function in description.functions:
        space[function.name] = make_function(function, description.name)
    for mount in description.mounts:
        annotations[mount.name] = make_class(mount.client, mounted, mounted)
        space[mount.name] = Route(mount.template)
    return type(description.name, (base,), {**space, "__annotations__": annotations})


def make_function(described: RequestFunction, owner: str) -> Any:
    """Return a request function, whose body is empty."""
    if described.asynchronous:

        async def awaited(self: Any, **values: Any) -> None:
            pass

        made: Any = awaited
    else:

        def called(self: Any, **values: Any) -> None:
            pass

        made = called
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameters = [
        inspect.Parameter(each.name, kind, default=each.marker, annotation=each.annotation)
        for each in described.arguments
    ]
    returns: Any = Union[tuple(described.returns)]  # noqa: UP007 - of a tuple
    made.__name__, made.__qualname__ = described.name, f"{owner}.{described.name}"
    made.__doc__ = described.doc or None
    made.__annotations__ = {**{each.name: each.annotation for each in described.arguments}, "return": returns}
    made.__signature__ = inspect.Signature([inspect.Parameter("self", kind), *parameters], return_annotation=returns)
    made.__operation__ = Operation(method=described.method, template=described.template)
    return made
