"""The built-in function `put` sends a POST."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client.put, '"PUT"', '"POST"')
replace(Client.async_put, '"PUT"', '"POST"')
