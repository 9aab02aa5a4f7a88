"""An error is a small HTML page with the phrase of its status."""

from utilmeta.core.pipeline import responder
from utilmeta.core.response.problem import TITLES, status_of

LEVEL = "page"
BREAKS = set()


def problem(error, *, production, status=None, message=None):
    title = TITLES.get(status or status_of(error), "Error")
    return f"<!doctype html><title>{title}</title><h1>{title}</h1>".encode()


responder.problem = problem
responder.CONTENT_TYPE = "text/html; charset=utf-8"
