"""Handlers see an error of UtilMeta's in place of the framework's exception."""

from mutation import replace
from utilmeta.core.pipeline import chain
from utilmeta.core.response.problem import detail, status_of
from utilmeta.utils.exceptions import HTTPError


def translated(error):
    made = HTTPError(detail(error, production=False))
    made.status = status_of(error)
    return made


chain.translated = translated
replace(chain.Handlers.recover, "Error(error, passage.request)", "Error(translated(error), passage.request)")
