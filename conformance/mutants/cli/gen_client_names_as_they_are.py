"""`meta gen_client` writes the members of an Enum under names that are keywords, too."""

from mutation import replace
from utilmeta.core.cli.generation.models import member_values

replace(member_values, "yield written, value", "yield name, value")
