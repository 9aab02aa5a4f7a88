"""A Content-Type that is given is found in one spelling alone."""

from mutation import replace
from utilmeta.core.cli.request import body_of

replace(body_of, 'request.headers.get("Content-Type")', 'dict(request.headers.fields).get("Content-Type")')
