"""Handlers get Exceptions alone."""

from mutation import replace
from utilmeta.core.pipeline.chain import Handler

replace(
    Handler.distance,
    "line = type(error).__mro__",
    "line = type(error).__mro__\n    if Exception not in line:\n        return None",
)
