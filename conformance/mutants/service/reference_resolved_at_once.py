"""A reference is resolved as soon as the service is constructed."""

from mutation import replace
from utilmeta import UtilMeta
from utilmeta.core.server import reference, service

service.resolve = reference.resolve
replace(UtilMeta.__init__, "validate_arguments.api(api)", "resolve(validate_arguments.api(api), module_name)")
