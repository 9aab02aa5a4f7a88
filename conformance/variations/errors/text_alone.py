"""The detail of a 500 in development is the text of the exception alone, without the name of its class."""

from utilmeta.core.errors import exception_log
from utilmeta.core.response import problem

LEVEL = "full"


def title_of(error):
    text = exception_log.text_of(error)
    return type(error).__name__ if text is None else text


problem.title_of = title_of
