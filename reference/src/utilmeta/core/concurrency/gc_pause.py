"""Pause of the garbage collector while a service is built.

Nearly all objects of a build stay, and scanning them again and again doubles the cost of a large API.
"""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable
from typing import ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Built = TypeVar("Built")


def without_gc(build: Callable[Parameters, Built]) -> Callable[Parameters, Built]:
    """Decorate ``build`` to run with the garbage collector off, if it was on."""

    @functools.wraps(build)
    def building(*arguments: Parameters.args, **options: Parameters.kwargs) -> Built:
        if not gc.isenabled():
            return build(*arguments, **options)
        gc.disable()
        try:
            return build(*arguments, **options)
        finally:
            gc.enable()

    return building
