"""A decorator that is given an endpoint without a template puts the function at the path of the class."""

from mutation import replace
from utilmeta.core.api import declaration

replace(declaration.AtPathOf.__call__, "own_template(name, operation)", 'operation.template or ""')
