"""A coded body is left as it is."""

from mutation import replace
from utilmeta.core.cli.bodies.decoding import Content

replace(Content.__init__, "if coding and method", "if not coding and method")
