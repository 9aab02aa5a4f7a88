"""A regex is taken for every type."""

from utilmeta.core.request.parameters import binding

binding.check_judged = lambda annotation, schema, label: None
