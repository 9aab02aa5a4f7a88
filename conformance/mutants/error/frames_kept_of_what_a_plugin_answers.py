"""An HTTP error that a plugin answers keeps what it holds of its request."""

from mutation import replace
from utilmeta.core.pipeline import chain

replace(chain.answered, "handled_already(error)", "pass")
