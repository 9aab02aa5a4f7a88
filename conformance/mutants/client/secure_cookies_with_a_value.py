"""A cookie whose attribute Secure has a value, `Secure=1`, is sent over http."""

from mutation import replace
from utilmeta.core.cli.transport import cookies

replace(cookies.parsed, '"secure" in attributes', 'attributes.get("secure") == ""')
