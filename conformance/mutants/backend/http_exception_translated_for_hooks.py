"""Handlers see an error of UtilMeta's in place of the framework's exception."""

from mutation import replace
from utilmeta.core.pipeline import error_handlers
from utilmeta.core.response.problem import detail, status_of
from utilmeta.utils.exceptions import HTTPError


def translated(error):
    made = HTTPError(detail(error, production=False))
    made.status = status_of(error)
    return made


error_handlers.translated = translated
replace(error_handlers.ErrorHandlers.recover, "Error(error, state.request)", "Error(translated(error), state.request)")
