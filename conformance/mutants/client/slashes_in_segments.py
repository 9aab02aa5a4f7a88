"""A slash in an argument divides the path."""

from mutation import replace
from utilmeta.core.cli.parameters import filled

replace(filled, 'value.split("/") if part.rest else [value]', 'value.split("/")')
