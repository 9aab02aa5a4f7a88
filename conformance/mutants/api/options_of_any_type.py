"""An option of a decorator is kept, whatever it is."""

from mutation import replace
from utilmeta.core.api import declaration

replace(declaration.accept, "if wrong:", "if False:")
