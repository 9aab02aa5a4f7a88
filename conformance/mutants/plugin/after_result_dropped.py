"""What an after hook returns is dropped."""

from mutation import replace
from utilmeta.core.pipeline import chain

replace(chain.around_result, "if result is not None:", "if False:")
