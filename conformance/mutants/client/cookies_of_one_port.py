"""A cookie goes to the port alone that has set it."""

from mutation import replace
from utilmeta.core.cli.transport.cookies import Cookies, parsed

replace(parsed, 'host = parts.hostname or ""', "host = parts.netloc")
replace(Cookies.header, 'parts.hostname or ""', "parts.netloc")
