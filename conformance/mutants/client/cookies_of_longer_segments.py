"""A cookie for a path goes to those whose last segment is longer."""

from mutation import replace
from utilmeta.core.cli.transport.cookies import path_matches

replace(path_matches, '(prefix.endswith("/") or path[len(prefix)] == "/")', "True")
