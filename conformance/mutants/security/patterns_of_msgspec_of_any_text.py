"""A pattern of msgspec is searched in texts of any length."""

from mutation import replace
from utilmeta.core.request.schemas import msgspec_text

replace(msgspec_text.of_text, "len(value) > MOST_CHARACTERS", "False")
