"""In development too a 500 does not say what was raised."""

from mutation import replace
from utilmeta.core.response.problem import detail

replace(detail, '"" if production else title_of(error)', '""')
