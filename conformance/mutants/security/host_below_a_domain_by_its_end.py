"""Every well-formed Host that ends in an allowed domain is below it, whatever stands before."""

from mutation import replace
from utilmeta.core.pipeline.host import AllowedHosts

replace(AllowedHosts.serves, "LABELS.fullmatch(name) is not None", "True")
