"""What is sent twice for a set is refused, as if it had been chosen for its hash."""

from mutation import replace
from utilmeta.core.request.schemas import hashed

replace(hashed.are_too_alike, "left = FREE + 2 * len(items)", "return True")
