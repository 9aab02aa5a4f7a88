"""A body that is too large is a 400."""

from utilmeta.utils.exceptions import RequestEntityTooLarge

LEVEL = "page"
BREAKS = set()
RequestEntityTooLarge.status = 400
