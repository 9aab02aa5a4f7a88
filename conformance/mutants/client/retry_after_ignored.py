"""What Retry-After says changes nothing."""

from mutation import replace
from utilmeta.core.cli.retry import Retry

replace(Retry.answered, "retry_after(found.fields)", "None")
