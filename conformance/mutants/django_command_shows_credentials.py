"""The command shows the credentials in a URL."""

from mutation import replace
from utilmeta.conf.redaction import redacted

replace(redacted, "return without_credentials(value)", "return value")
