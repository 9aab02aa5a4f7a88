"""An error is a JSON object of the implementation's own form, as application/json."""

import json

from utilmeta.core.pipeline import responder
from utilmeta.core.response.problem import TITLES, status_of

LEVEL = "page"
BREAKS = set()


def problem(error, *, production, status=None, message=None):
    code = status or status_of(error)
    return json.dumps({"error": {"code": code, "reason": TITLES.get(code, "Error")}}).encode()


responder.problem = problem
responder.CONTENT_TYPE = "application/json"
