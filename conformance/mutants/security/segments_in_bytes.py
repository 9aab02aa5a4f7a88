"""A regex takes segments of 256 bytes at most."""

from mutation import replace
from utilmeta.core.routing import segment

replace(segment.judge, "len(segment) > limit", "len(segment.encode()) > limit")
