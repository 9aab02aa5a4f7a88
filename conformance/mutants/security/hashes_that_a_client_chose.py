"""A set of what a client sends is made at once, whatever the hashes of its values are."""

from mutation import replace
from utilmeta.core.request.schemas import hash_collision

replace(hash_collision.are_too_alike, "if len({*map(hash, items)}) == len(items):", "if True:")
