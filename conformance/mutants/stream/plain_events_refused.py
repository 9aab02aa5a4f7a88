"""Events of no class are errors where plain ones are annotated."""

from mutation import replace
from utilmeta.core.cli.streams.template import compile_events

replace(compile_events, "if plain:", "if False:")
