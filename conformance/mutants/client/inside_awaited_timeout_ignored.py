"""An awaited call inside the process has no timeout."""

from mutation import replace
from utilmeta.core.server.inside import entrance

replace(entrance.ThreadEntrance.acall, "within(deadline,", "within(Deadline(None),")
replace(entrance.LoopEntrance.acall, "within(deadline,", "within(Deadline(None),")
