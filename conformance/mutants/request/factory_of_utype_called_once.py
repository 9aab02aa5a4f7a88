"""The default_factory of a utype field is called once, for all requests."""

from mutation import replace
from utilmeta.core.request.schemas import utype

replace(
    utype.options_of,
    'DefaultFactory(said["default_factory"])',
    'DefaultFactory((lambda made: lambda: made)(said["default_factory"]()))',
)
