"""The signature of a function and its resolved annotations, for all who read them while it becomes an endpoint.

Both cost more than the rest of a simple endpoint together, so what was just read is not worked out again.
"""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable, Mapping
from typing import Any


@functools.lru_cache(maxsize=64)
def signature_of(function: Callable[..., Any]) -> inspect.Signature:
    """As ``inspect.signature``."""
    return inspect.signature(function)


@functools.lru_cache(maxsize=64)
def hints_of(function: Callable[..., Any]) -> Mapping[str, Any]:
    """As ``typing.get_type_hints``, extras included; raises what that raises, for annotations that do not resolve."""
    return typing.get_type_hints(function, include_extras=True)
