"""An error is a JSON object of the implementation's own form, as application/json."""

import json

from utilmeta.core.pipeline import responder
from utilmeta.core.response.problem import TITLES, status_of

LEVEL = "page"
BREAKS = {
    "API-4b", "API-4c", "BACKEND-10a", "BACKEND-10d", "DJANGO-7c", "ERROR-2a", "ERROR-2b", "ERROR-2c",
    "ERROR-6", "PLUGIN-5b", "REQUEST-2b", "REQUEST-3b", "REQUEST-10c", "REQUEST-10d", "REQUEST-22",
    "REQUEST-11b", "REQUEST-13c", "REQUEST-13d", "REQUEST-14a", "REQUEST-14b", "REQUEST-14f", "REQUEST-19",
    "RESPONSE-1g", "RESPONSE-7c", "SECURITY-7a", "SECURITY-7b",
}  # fmt: skip


def problem(error, *, production, status=None, message=None):
    code = status or status_of(error)
    return json.dumps({"error": {"code": code, "reason": TITLES.get(code, "Error")}}).encode()


responder.problem = problem
responder.CONTENT_TYPE = "application/json"
