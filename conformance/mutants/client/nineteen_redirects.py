"""Twenty redirects in a row are one too many."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.exchanged, "range(MOST + 1)", "range(MOST)")
