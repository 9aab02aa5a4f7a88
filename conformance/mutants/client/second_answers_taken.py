"""Over httpx, what comes behind an answer on a kept connection is the answer to the next request."""

from mutation import replace
from utilmeta.core.cli.libraries import httpx_library

replace(httpx_library.end_if_more, "if state.trailing_data[0]:", "if False:")
