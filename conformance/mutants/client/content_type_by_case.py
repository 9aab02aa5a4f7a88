"""A Content-Type that is given is found in one spelling alone."""

from mutation import replace
from utilmeta.core.cli.request import outgoing

replace(outgoing, 'names.get("content-type")', 'dict(fields).get("Content-Type")')
