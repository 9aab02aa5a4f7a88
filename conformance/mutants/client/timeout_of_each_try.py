"""The timeout of a call begins anew with each try."""

from mutation import replace
from utilmeta.core.cli.retry import Retry

replace(
    Retry.answered,
    "        await wait(pause)",
    "        deadline = Deadline(request.timeout)\n        await wait(pause)",
)
