"""`backend` takes names, and no modules."""

from mutation import replace
from utilmeta.core.cli.libraries import find

replace(
    find,
    'if given == "httpx2":',
    ('if isinstance(backend, ModuleType):\n        raise TypeError("backend is a name")\n    if given == "httpx2":'),
)
