"""A weak tag is taken for a strong one."""

from mutation import replace
from utilmeta.core.cli.streams.download import validator_of

replace(validator_of, "return tag if tag[:1] == '\"' else None", "return tag")
