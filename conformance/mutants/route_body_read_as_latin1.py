"""A JSON body is read as Latin-1."""

from mutation import replace
from utilmeta.core.request import body

replace(body.take_body, "validate_json(body)", 'validate_json(body.decode("latin-1"))')
