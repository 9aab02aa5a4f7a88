"""A declared URL whose scheme is not in small letters is a path."""

from mutation import replace
from utilmeta.core.cli import declaration

replace(declaration.compile_plan, "ABSOLUTE.match(said) is not None", 'said.startswith(("http://", "https://"))')
