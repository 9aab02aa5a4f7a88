"""An error is the phrase of its status as a plain text, and no more."""

from utilmeta.core.pipeline import responder
from utilmeta.core.response.problem import TITLES, status_of

LEVEL = "page"
BREAKS = set()


def problem(error, *, production, status=None, message=None):
    return TITLES.get(status or status_of(error), "Error").encode()


responder.problem = problem
responder.CONTENT_TYPE = "text/plain; charset=utf-8"
