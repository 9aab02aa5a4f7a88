"""Large bodies, validated so that what is wrong with one takes no more memory than it does.

A ValidationError keeps some 400 bytes of each offence, and a list of empty objects has one in three bytes. So of a
large body, which nobody writes by hand, the first offence in each list and mapping stands for all that are there.
"""

from __future__ import annotations

import functools
from typing import Any

from utilmeta.core.request.adapter import Adapter
from utilmeta.core.request.core_schema import Schema, compile_schema, rewritten

LARGE = 64 * 1024
"""Bytes; of a body that has no more every offence is told."""

COLLECTIONS = frozenset({"list", "set", "frozenset", "tuple", "dict"})


class Quick:
    """What ``adapter`` validates, up to the first offence in each collection. Made when it is first asked."""

    def __init__(self, adapter: Adapter) -> None:
        self.adapter = adapter

    @functools.cached_property
    def validator(self) -> Any:
        return compile_schema(rewritten(self.adapter.core_schema, hasty))

    def validate_json(self, text: Any) -> Any:
        return self.validator.validate_json(text)

    def validate_python(self, value: Any) -> Any:
        return self.validator.validate_python(value)


def hasty(schema: Schema) -> Schema:
    """A schema of pydantic's core, which fails fast if it is that of a collection."""
    return {**schema, "fail_fast": True} if schema["type"] in COLLECTIONS else schema
