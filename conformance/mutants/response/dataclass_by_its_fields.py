"""A dataclass of pydantic is sent by its fields, whatever they say."""

from mutation import replace
from utilmeta.core.response import model

replace(model.compile_convert, ' or "__pydantic_serializer__" in vars(kind)', "")
replace(model.compile_convert, "dataclasses.is_dataclass(kind) and is_configured(kind)", "False")
