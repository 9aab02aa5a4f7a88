"""The command shows the credentials in a URL."""

from mutation import replace
from utilmeta.conf.secret import redacted

replace(redacted, "return without_credentials(value)", "return value")
