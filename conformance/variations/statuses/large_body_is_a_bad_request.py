"""A body that is too large is a 400."""

from utilmeta.utils.exceptions import RequestEntityTooLarge

LEVEL = "guides"
BREAKS = {"ERROR-1d", "ERROR-1f", "REQUEST-13e", "REQUEST-14c", "RESPONSE-7c", "SECURITY-7a", "SECURITY-7b"}
RequestEntityTooLarge.status = 400
