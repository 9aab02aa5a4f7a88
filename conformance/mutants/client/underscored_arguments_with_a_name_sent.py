"""A parameter that begins with `_` is sent where its marker gives it another name."""

from mutation import replace
from utilmeta.core.cli import parameters

replace(parameters.compile_sent, 'if name.startswith("_"):', 'if parameter.sent_as.startswith("_"):')
