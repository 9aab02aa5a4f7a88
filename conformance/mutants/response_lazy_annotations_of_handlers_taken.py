"""A hook that handles errors may be annotated to return an iterator."""

from mutation import replace
from utilmeta.core.server.call import Calls

replace(Calls.make, "in around.hooks:", "in (*around.before, *around.after):")
