"""The route that decorates a class comes before the one of the attribute."""

from mutation import replace
from utilmeta.core.api import instance

replace(
    instance.read,
    "candidates = [given,",
    "candidates = [vars(annotation).get('__route__'), given,",
)
