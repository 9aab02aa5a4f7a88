"""The address of a database that is down is told to who asks, in production too."""

from mutation import replace
from utilmeta.core.response.problem import detail

VARIANTS = ("flask-sync",)

replace(detail, '"" if production else', '"" if production and not isinstance(error, Unavailable) else')
