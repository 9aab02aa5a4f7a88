"""Each try has a key of its own."""

from mutation import replace
from utilmeta.core.cli.retry import Retry

replace(
    Retry.answered,
    "        await wait(pause)",
    "        if KEY in request.headers:\n            request.headers[KEY] = str(uuid4())\n        await wait(pause)",
)
