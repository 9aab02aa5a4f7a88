"""A pattern of msgspec is searched in keys of any length."""

from mutation import replace
from utilmeta.core.request.schemas import msgspec_guard

replace(msgspec_guard.Guards.of_structure, "self.of(info.key_type)", "None")
