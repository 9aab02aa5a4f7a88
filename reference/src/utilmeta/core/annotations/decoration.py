"""Names of the attributes that decorators set on API classes and functions to put something around endpoints."""

PLUGINS = "__plugins__"
CORS_POLICY = "__cors__"
ATOMIC = "__atomic__"
"""The aliases of databases in which ``Atomic`` puts requests in transactions."""

AROUND = frozenset({PLUGINS, CORS_POLICY, ATOMIC})
