"""An HTTP error that a plugin answers keeps what it holds of its request."""

from mutation import replace
from utilmeta.core.server import passage

replace(passage.answered, "handled_already(error)", "pass")
