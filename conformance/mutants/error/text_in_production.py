"""In production a 500 has the exception's text as its detail."""

from mutation import replace
from utilmeta.core.response.problem import detail

replace(detail, '"" if production else', "")
