"""A pattern of msgspec is searched in keys of any length."""

from mutation import replace
from utilmeta.core.request.schemas import msgspec_text

replace(msgspec_text.Guards.of_structure, "self.of(info.key_type)", "None")
