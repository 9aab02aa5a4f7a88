"""A parameter that is written as in another framework is a literal."""

from utilmeta.core.routing import segment

segment.check_spelling = lambda text, template, label: None
