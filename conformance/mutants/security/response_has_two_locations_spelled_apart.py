"""A second header of a name that has one value is found where it is spelled as the first."""

from mutation import replace
from utilmeta.core.response import headers

replace(headers.sendable, "if lower in seen:", "if name in seen:")
replace(headers.sendable, "seen.add(lower)", "seen.add(name)")
