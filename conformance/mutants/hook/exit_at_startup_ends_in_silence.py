"""A startup hook that exits ends the service without the name of the hook."""

from mutation import replace
from utilmeta.core.pipeline.lifecycle import Lifecycle

for start in (Lifecycle.start, Lifecycle.run_startup):
    replace(start, "except BaseException as error:", "except Exception as error:")
