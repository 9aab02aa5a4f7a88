"""The path of an endpoint that has the template "" is its name for what is given it."""

from mutation import replace
from utilmeta.core.api.declaration import AtPathOf

replace(
    AtPathOf.__call__,
    'operation.template if operation.template is not None else "" if name in CORE_METHODS else name',
    'operation.template or ("" if name in CORE_METHODS else name)',
)
