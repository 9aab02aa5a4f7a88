"""A coding that ends too early is an answer."""

from mutation import replace
from utilmeta.core.cli.bodies.decoding import Content

replace(Content.answer, "if not all(", "if not self and not all(")
