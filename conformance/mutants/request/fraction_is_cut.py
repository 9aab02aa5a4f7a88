"""A number with a fraction, for an int, is cut."""

from pydantic_core import core_schema
from utilmeta.core.request.schemas import adapter
from utilmeta.core.request.schemas.core_schema import rewritten

original = adapter.Adapter.__init__


def cut(value):
    try:
        return int(float(value)) if "." in str(value) else value
    except ValueError:
        return value


def cutting(schema):
    return core_schema.no_info_before_validator_function(cut, schema) if schema["type"] == "int" else schema


def init(self, schema, validator=None):
    original(self, rewritten(schema, cutting), None)


adapter.Adapter.__init__ = init
