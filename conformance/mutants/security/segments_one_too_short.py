"""A regex takes segments of 255 characters at most."""

from utilmeta.core.routing import segment

segment.MOST_CHARACTERS = 255
