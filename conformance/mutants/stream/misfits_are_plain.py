"""Events of no class are plain ones, whether these are annotated or not."""

from mutation import replace
from utilmeta.core.cli.streams.template import compile_events

replace(compile_events, "if plain:", "if True:")
