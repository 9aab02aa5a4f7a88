"""A timeout begins anew with each redirect."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.exchanged, "message = redirected(", "deadline = Deadline(request.timeout)\n        message = redirected(")
