"""A body of exactly `max_body_size` bytes is refused."""

from mutation import replace
from utilmeta.core.request.request import check_length

replace(check_length, "int(length) > limit", "int(length) >= limit")
