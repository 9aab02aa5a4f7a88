"""Of what nothing answers the handlers of classes that others mount are not asked."""

from mutation import replace
from utilmeta.core.pipeline.unanswered import UnansweredCompiler

replace(UnansweredCompiler.add, "enumerate(endpoint.prefixes, 1)", "enumerate(endpoint.prefixes[:2], 1)")
