"""Slashes at the ends of a path are dropped, empty segments inside are not."""

from mutation import replace
from utilmeta.core.request import text

replace(
    text.split_path,
    '[segment for segment in path.split("/") if segment]',
    'path.strip("/").split("/") if path.strip("/") else []',
)
