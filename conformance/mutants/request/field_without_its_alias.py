"""The alias of a field of utype is ignored."""

from mutation import replace
from utilmeta.core.request.schemas import utype

replace(utype.options_of, 'options["alias"] = said["alias"]', "pass")
