"""The base URL of `service=` lacks the root route."""

from mutation import replace
from utilmeta.core.cli.inside import connections

replace(connections.url_of, 'f"{origin}{route}"', 'f"{origin}"')
