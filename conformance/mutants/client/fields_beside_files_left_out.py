"""Of a form with files the files alone are sent."""

from mutation import replace
from utilmeta.core.cli.request import fields_with_files

replace(fields_with_files, "return list(texts(value))", "return []")
