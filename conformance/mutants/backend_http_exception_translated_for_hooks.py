"""Handlers see an error of UtilMeta's in place of the framework's exception."""

from mutation import replace
from utilmeta.core.response.problem import detail, status_of
from utilmeta.core.server import passage
from utilmeta.utils.exceptions import HTTPError


def translated(error):
    made = HTTPError(detail(error, production=False))
    made.status = status_of(error)
    return made


passage.translated = translated
replace(passage.Handlers.recover, "Error(error, passage.request)", "Error(translated(error), passage.request)")
