"""What process_request returns is dropped."""

from mutation import replace
from utilmeta.core.pipeline import chain

replace(chain.begun, "if result is not None:", "if False:")
