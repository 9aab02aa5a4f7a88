"""Flask.run() serves at every address of the machine, whatever host the user gives it."""

from mutation import replace
from utilmeta.core.server.backends.flask import with_hooks

VARIANTS = ("flask-sync",)

replace(with_hooks, "native(*args, **options)", 'native(*args, **{**options, "host": "0.0.0.0"})')
