"""`meta gen_client` writes a module that imports the models of the service."""

from mutation import replace
from utilmeta.core.cli.generation.annotations import Annotations

replace(Annotations.named, "if model is not None:", "if False:")
replace(Annotations.leaf, "raise refusal(hint, where)", "return self.names.imported(kind.__module__, kind.__name__)")
