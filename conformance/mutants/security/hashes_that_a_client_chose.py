"""A set of what a client sends is made at once, whatever the hashes of its values are."""

from mutation import replace
from utilmeta.core.request.schemas import hashed

replace(hashed.are_too_alike, "if len({*map(hash, items)}) == len(items):", "if True:")
