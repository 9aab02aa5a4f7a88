"""A regex is taken for every type."""

from utilmeta.core.request import binding

binding.check_judged = lambda annotation, schema, label: None
