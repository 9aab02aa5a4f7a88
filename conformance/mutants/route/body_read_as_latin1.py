"""A JSON body is read as Latin-1."""

from mutation import replace
from utilmeta.core.request.body import binding

replace(binding.json_taker, "if alone else content)", 'if alone else content.decode("latin-1"))')
