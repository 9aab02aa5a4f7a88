"""A second header of a name that has one value is found where it is spelled as the first."""

from mutation import replace
from utilmeta.core.response import response

replace(response.taken, "if lower in seen:", "if name in seen:")
replace(response.taken, "seen.add(lower)", "seen.add(name)")
