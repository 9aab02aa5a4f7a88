"""Data is JSON that is not converted."""

from mutation import replace
from utilmeta.core.cli.streams.template import compile_data

replace(compile_data, "return parsing(checking(validate))", "return parsing(lambda value: value)")
