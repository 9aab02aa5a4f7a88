"""A pattern of msgspec is searched in texts of any length."""

from mutation import replace
from utilmeta.core.request.schemas import msgspec_guard

replace(msgspec_guard.of_text, "len(value) > MOST_CHARACTERS", "False")
