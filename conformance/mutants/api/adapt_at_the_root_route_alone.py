"""adapt() puts a service at its own root route, whatever it is told."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.adapt, '"" if given is None else given', '""')
