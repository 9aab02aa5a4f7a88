"""`progress` is called with the bytes of the piece."""

from mutation import replace
from utilmeta.core.cli.streams.download import write

replace(write, "progress(have + len(waiting), total)", "progress(len(piece), total)")
