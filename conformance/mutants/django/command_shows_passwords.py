"""The command shows secrets that stand in a mapping."""

from mutation import replace
from utilmeta.conf.secret import redacted

replace(redacted, "redacted(item, str(key))", "redacted(item)")
