"""A POST with a key is sent once."""

from mutation import replace
from utilmeta.core.cli.retry import Retry

replace(Retry.is_repeatable, "or KEY in request.headers", "")
