"""An after hook that returns None has the call return None (CLIENT-20)."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.finished, "found = found if replaced is None else replaced", "found = replaced")
