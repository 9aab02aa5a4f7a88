"""A slash in an argument divides the path."""

from mutation import replace
from utilmeta.core.cli.parameters import filled

replace(filled, 'safe="/" if parameter.rest else ""', 'safe="/"')
