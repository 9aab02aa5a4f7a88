"""`meta gen_client` writes a class without the functions of the service."""

from mutation import replace
from utilmeta.core.cli.generation.classes import Classes

replace(Classes.client, "[url, lines, *([each] for each in functions)]", "[url, lines]")
