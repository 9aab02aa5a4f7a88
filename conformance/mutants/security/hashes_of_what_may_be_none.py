"""Sets whose items may be None are made at once, whatever the hashes of the others are."""

from utilmeta.core.request.schemas import hash_collision

hash_collision.SAFE |= {"nullable"}
