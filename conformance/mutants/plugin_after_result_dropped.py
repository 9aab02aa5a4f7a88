"""What an after hook returns is dropped."""

from mutation import replace
from utilmeta.core.server import passage

replace(passage.around_result, "if result is not None:", "if False:")
