"""Annotations that are evaluated only when somebody reads them, as all are since Python 3.14 (PEP 649).

No ``from __future__`` here: it would make texts of them, on any Python.
"""

import functools
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from fake import Client

from utilmeta.core import api, request
from utilmeta.core.annotations.signature import hints_of, signature_of
from utilmeta.core.api.tree import endpoints
from utilmeta.core.pipeline.plan import compile_routes
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import DeclarationError

if TYPE_CHECKING:
    from decimal import Decimal as Nowhere

lazy = pytest.mark.skipif(sys.version_info < (3, 14), reason="annotations are evaluated where they stand")


def refusal(root: type[api.API]) -> str:
    with pytest.raises(DeclarationError) as refused:
        compile_routes(endpoints(root), strict=True)
    return str(refused.value).replace("<locals>.", "")


def of_a_parameter() -> type[api.API]:
    class RootAPI(api.API):
        @api.get
        def culprit(self, number: Nowhere) -> None: ...

    return RootAPI


def of_a_result() -> type[api.API]:
    class RootAPI(api.API):
        @api.get
        def culprit(self) -> Nowhere: ...

    return RootAPI


def of_an_attribute() -> type[api.API]:
    class RootAPI(api.API):
        culprit: Nowhere = request.QueryParam()  # type: ignore[assignment]

    return RootAPI


def of_a_hook() -> type[api.API]:
    class RootAPI(api.API):
        @api.before("*")
        def culprit(self, number: Nowhere) -> None: ...

        @api.get
        def found(self) -> None: ...

    return RootAPI


def of_a_handler() -> type[api.API]:
    class RootAPI(api.API):
        @api.handle("*", KeyError)
        def culprit(self, error: Nowhere) -> None: ...

        @api.get
        def found(self) -> None: ...

    return RootAPI


def of_a_template() -> type[api.API]:
    class RootAPI(api.API):
        class culprit(Response):
            strict = True
            result: Nowhere

        @api.get
        def found(self) -> culprit: ...

    return RootAPI


@lazy
@pytest.mark.parametrize(
    "declare", [of_a_parameter, of_a_result, of_an_attribute, of_a_hook, of_a_handler, of_a_template]
)
def test_what_an_annotation_does_not_resolve_in_is_named(declare: Callable[[], type[api.API]]) -> None:
    message = refusal(declare())
    assert message.startswith(f"{declare.__name__}.RootAPI")
    assert "name 'Nowhere' is not defined" in message
    assert "culprit" in message or declare is of_an_attribute


@lazy
def test_a_constructor_may_be_annotated_for_the_type_checker_alone() -> None:
    class RootAPI(api.API):
        def __init__(self, request: Nowhere) -> None:
            super().__init__(request)  # type: ignore[arg-type]

        @api.get
        def found(self) -> str:
            return "found"

    assert Client(RootAPI).get("/found").text == "found"


@lazy
def test_an_api_mounts_one_that_is_defined_below_it() -> None:
    class RootAPI(api.API):
        below: BelowAPI  # noqa: F821
        number: Number = request.QueryParam()  # type: ignore[assignment]  # noqa: F821

        @api.get
        def doubled(self) -> int:
            return 2 * self.number

    class BelowAPI(api.API):
        @api.get
        def found(self) -> str:
            return "found"

    Number = int  # noqa: F841
    client = Client(RootAPI)
    assert client.get("/below/found").text == "found"
    assert client.get("/doubled?number=4").json == 8


@lazy
def test_a_signature_needs_no_annotations() -> None:
    def function(self: Any, number: Nowhere.missing, *, word: Nowhere[int] = 1) -> Nowhere: ...  # type: ignore

    assert list(signature_of(function).parameters) == ["self", "number", "word"]


@pytest.mark.parametrize("annotation", ["Nowhere", "1 +", "{}['key']", "request.Nowhere"])
def test_an_endpoint_whose_annotation_raises_is_named(annotation: str) -> None:
    def culprit(self: Any, number: Any) -> None: ...

    culprit.__annotations__ = {"number": annotation}
    root = type("RootAPI", (api.API,), {"__module__": __name__, "culprit": api.get(culprit)})
    assert "culprit: its annotations do not resolve: " in refusal(root)


@pytest.mark.parametrize("annotation", ["Nowhere", "1 +", "{}['key']", "request.Nowhere"])
def test_a_class_whose_annotation_raises_is_named(annotation: str) -> None:
    root = type("RootAPI", (api.API,), {"__module__": __name__, "__annotations__": {"number": annotation}})
    assert refusal(root).startswith("RootAPI: its annotations do not resolve: ")


def test_annotations_that_were_assigned_are_a_wrappers_too() -> None:
    def function(self: Any, number: Any) -> Any: ...

    function.__annotations__ = {"number": int}

    @functools.wraps(function)
    def wrapper(*arguments: Any, **named: Any) -> Any: ...

    assert hints_of(wrapper) == {"number": int}


def test_a_hook_whose_annotations_were_assigned_gets_its_parameters_converted() -> None:
    class RootAPI(api.API):
        @api.get
        def found(self) -> int:
            return 1

        def added(self, result: Any, number: Any) -> Any:
            return result.result + number

        added.__annotations__ = {"number": int}
        added = api.after("found")(added)

    assert Client(RootAPI).get("/found?number=2").json == 3


def test_a_default_of_none_makes_no_annotation_optional() -> None:
    def function(self: Any, number: int = None) -> None: ...  # type: ignore[assignment]  # noqa: RUF013

    assert hints_of(function)["number"] is int
