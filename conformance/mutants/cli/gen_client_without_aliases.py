"""`meta gen_client` writes parameters without their aliases."""

from mutation import replace
from utilmeta.core.cli.generation.classes import Classes

replace(Classes.marker, "[] if marker.alias is None else [quoted(marker.alias)]", "[]")
