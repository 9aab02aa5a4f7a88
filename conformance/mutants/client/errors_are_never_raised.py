"""An error that is not handled gives a Response."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.handled, "raise error", "return failed(500, error, self.request)")
