"""A path is below the root route if its text begins with it, in the middle of a segment too."""

from mutation import replace
from utilmeta.core.routing.table import RouteTable

SEGMENTS = """segments = split_path(decode_path(path))
    depth = len(self.root)
    if segments[:depth] == self.root:
        segments = segments[depth:]
    elif self.strict:"""
TEXT = """text, root = decode_path(path), "/" + "/".join(self.root)
    segments = split_path(text.removeprefix(root))
    if self.strict and not text.startswith(root):"""

replace(RouteTable.find, SEGMENTS, TEXT)
