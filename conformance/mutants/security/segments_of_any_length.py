"""A regex takes segments of any length."""

from utilmeta.core.routing import segment

segment.MOST_CHARACTERS = 10**9
