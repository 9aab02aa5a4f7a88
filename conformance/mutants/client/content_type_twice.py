"""A Content-Type that is given is sent beside that of the data."""

from mutation import replace
from utilmeta.core.cli.request import body_of

replace(body_of, 'request.headers.get("Content-Type")', "None")
