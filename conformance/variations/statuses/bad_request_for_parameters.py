"""What does not convert is a 400."""

from utilmeta.utils.exceptions import UnprocessableEntity

LEVEL = "page"
BREAKS = set()
UnprocessableEntity.status = 400
