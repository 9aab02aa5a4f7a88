"""Data that is a text is parsed where it is JSON."""

from mutation import replace
from utilmeta.core.cli.streams.template import compile_data

replace(compile_data, "return checking(validate)", "return parsing(lambda value: value)")
