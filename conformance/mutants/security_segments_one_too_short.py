"""A regex takes segments of 255 characters at most."""

from utilmeta.core.server import segment

segment.MOST_CHARACTERS = 255
