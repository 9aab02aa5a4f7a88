"""`meta gen_client` empties the file before it knows whether a client can be written."""

from mutation import replace
from utilmeta.core.server.commands.generation import generate

replace(generate, "project = find_project()", 'file and file.write_text("")\n    project = find_project()')
