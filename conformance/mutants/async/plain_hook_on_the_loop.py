"""A plain hook runs on the event loop."""

from mutation import replace
from utilmeta.core.pipeline.lifecycle import settle_hook

VARIANTS = ("starlette-async",)

replace(settle_hook, "await run_in_own_thread(context.run, hook)", "context.run(hook)")
