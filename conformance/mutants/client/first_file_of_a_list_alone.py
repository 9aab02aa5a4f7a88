"""Of a list in a form the first is sent."""

from mutation import replace
from utilmeta.core.cli.request import fields_with_files

replace(fields_with_files, "for each in value for part", "for each in value[:1] for part")
