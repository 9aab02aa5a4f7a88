"""The command shows secrets that stand in a mapping."""

from mutation import replace
from utilmeta.conf.redaction import redacted

replace(redacted, "MASK if item and", "MASK if isinstance(item, list) and")
