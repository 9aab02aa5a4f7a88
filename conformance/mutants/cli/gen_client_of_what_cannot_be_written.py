"""`meta gen_client` writes Any for a type that it cannot write."""

from mutation import replace
from utilmeta.core.cli.generation.annotations import Annotations

replace(Annotations.leaf, "raise refusal(hint, where)", "return self.any")
