"""A reference is module:name."""

from mutation import replace
from utilmeta.core.server import reference

replace(reference.split, '":" if ":" in reference else "."', '":"')
