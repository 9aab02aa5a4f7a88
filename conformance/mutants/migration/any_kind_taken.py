"""mount() takes an application of any kind, whether the backend mounts it or not."""

from mutation import replace
from utilmeta.core.server import foreign

replace(foreign.mountable_kind, "if kind not in mountable:", "if False:")
