"""The path of an endpoint that has the template "" is its name for what is given it."""

from mutation import replace
from utilmeta.core.api.declaration import AtPathOf

replace(
    AtPathOf.__call__,
    "own_template(name, operation)",
    'own_template(name, operation) or ("" if name in CORE_METHODS else name)',
)
