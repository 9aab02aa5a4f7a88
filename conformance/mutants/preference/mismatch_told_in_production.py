"""The client is told what does not fit, in production too."""

from mutation import replace
from utilmeta.core.response import problem

replace(
    problem.detail,
    '"" if production else',
    '"" if production and type(error).__name__ != "ResultMismatch" else',
)
