"""What does not convert is a 400."""

from utilmeta.utils.exceptions import UnprocessableEntity

LEVEL = "guides"
BREAKS = {
    "API-4b", "API-4c", "BACKEND-7", "ERROR-1c", "ERROR-1f", "ERROR-2b", "ERROR-2c", "PLUGIN-5b", "REQUEST-2b",
    "REQUEST-3b", "REQUEST-10c", "REQUEST-11b", "REQUEST-12b", "REQUEST-14f", "REQUEST-15", "REQUEST-18a", "REQUEST-19",
    "RESPONSE-7c", "SECURITY-3g", "SECURITY-7c", "SECURITY-10b",
}  # fmt: skip
UnprocessableEntity.status = 400
