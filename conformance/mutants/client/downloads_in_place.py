"""A download is written to its place at once."""

from mutation import replace
from utilmeta.core.cli.streams.partial_file import PartialFile

replace(PartialFile.__init__, 'target.with_name(f".{target.name}.part")', "target")
