"""An argument in the path may be dots."""

from mutation import replace
from utilmeta.core.cli.parameters import filled

replace(filled, 'any(segment in (".", "..") for segment in segments)', "False")
