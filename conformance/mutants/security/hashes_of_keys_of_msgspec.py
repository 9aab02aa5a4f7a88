"""A mapping of msgspec is made at once, whatever the hashes of its keys are; a set is not."""

from mutation import replace
from utilmeta.core.request.schemas import msgspec

replace(msgspec.member_of, "(Set, Mapping)", "Set")
