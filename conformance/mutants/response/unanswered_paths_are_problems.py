"""A path that nothing answers is put into no template."""

from mutation import replace
from utilmeta.core.pipeline.unanswered import UnansweredCompiler

replace(UnansweredCompiler.compile, "if template is None or template.message_key is None:", "if True:")
