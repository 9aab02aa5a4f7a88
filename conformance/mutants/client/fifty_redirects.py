"""Fifty redirects in a row are followed."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.exchanged, "range(MOST + 1)", "range(51)")
