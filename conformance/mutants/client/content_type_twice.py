"""A Content-Type that is given is sent beside that of the data."""

from mutation import replace
from utilmeta.core.cli.request import outgoing

replace(outgoing, 'names.get("content-type")', "None")
