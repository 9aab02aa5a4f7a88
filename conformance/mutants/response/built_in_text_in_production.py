"""The text of a built-in exception that has a status is sent, as that of an HTTP error."""

from mutation import replace
from utilmeta.core.response.problem import detail

replace(detail, '"" if production else', '"" if production and status_of(error) in (500, 503) else')
