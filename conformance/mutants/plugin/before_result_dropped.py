"""What a before hook returns is dropped, and the endpoint runs."""

from mutation import replace
from utilmeta.core.pipeline import chain

replace(chain.around_endpoint, "if result is not None:", "if False:")
