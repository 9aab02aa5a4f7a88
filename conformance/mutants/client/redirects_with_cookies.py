"""A redirect to another origin takes the cookies of the request along."""

from mutation import replace
from utilmeta.core.cli.redirect import redirected

replace(redirected, "    else:\n        given =", "    if True:\n        given =")
