"""After hooks are not called."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.finished, "for depth, _, hook in self.plan.after:", "for depth, _, hook in ():")
