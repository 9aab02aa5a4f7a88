"""Over urllib an answer with two lengths has the first."""

from mutation import replace
from utilmeta.core.cli.transport.connection import TimedResponse

replace(TimedResponse.begin, "len(set(lengths)) > 1 or", "")
