"""A hook that handles errors may be annotated to return an iterator."""

from mutation import replace
from utilmeta.core.pipeline.call import Calls

replace(Calls.make, "in around.hooks:", "in (*around.before, *around.after):")
