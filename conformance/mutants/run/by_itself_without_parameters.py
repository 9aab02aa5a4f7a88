"""Of the parameters that the user gives Flask.run() it takes host and port alone."""

from mutation import replace
from utilmeta.core.server.backends.flask import with_hooks

VARIANTS = ("flask-sync",)

replace(with_hooks, "native(*args, **options)", 'native(options.get("host"), options.get("port"))')
