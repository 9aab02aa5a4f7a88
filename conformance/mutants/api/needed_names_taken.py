"""A name that instances need may be an endpoint's, a hook's, a mount's or a parameter's."""

from mutation import replace
from utilmeta.core.api import declaration_check

replace(declaration_check.is_needed, "name in NEEDED or hasattr(object, name)", "False")
