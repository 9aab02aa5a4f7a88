"""A decorator that is given an endpoint puts the function at its own name."""

from mutation import replace
from utilmeta.core.api import declaration

replace(declaration.AtPathOf.__call__, "own_template(name, operation)", "None")
