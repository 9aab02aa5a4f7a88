"""Classes of one function, and what is said of classes that are refused when a service compiles."""

from __future__ import annotations

from typing import Any

import pytest

from utilmeta.core import api
from utilmeta.core.api.tree import endpoints
from utilmeta.core.pipeline.plan import PlanOptions, compile_routes
from utilmeta.utils.exceptions import DeclarationError


def refusal(root: type[api.API], *, asynchronous: bool = True) -> str:
    """The message of the DeclarationError that compiling the class raises, without what names a test's function."""
    with pytest.raises(DeclarationError) as refused:
        compile_routes(endpoints(root), options=PlanOptions(asynchronous=asynchronous))
    return str(refused.value).replace("<locals>.", "")


def function_named(name: str, function: Any) -> type[api.API]:
    """A class `RootAPI` with this function under this name."""
    function.__name__ = name
    return type("RootAPI", (api.API,), {name: function})
