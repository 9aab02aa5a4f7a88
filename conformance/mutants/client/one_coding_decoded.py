"""Of two codings the last one is decoded."""

from mutation import replace
from utilmeta.core.cli.bodies.decoding import Content

replace(Content.__init__, "for each in reversed(known(coding))]", "for each in known(coding)[-1:]]")
