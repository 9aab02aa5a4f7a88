"""Plainly broken, however it is started: 404 is 410, and no shutdown hook runs.

It has to die; if it lives, mutants are not loaded.
"""

from mutation import replace
from utilmeta.core.pipeline.lifecycle import Lifecycle
from utilmeta.utils.exceptions import NotFound

NotFound.status = 410
for stop in (Lifecycle.stop, Lifecycle.astop, Lifecycle.finish):
    replace(stop, "if not self.started or self.stopped:", "if True:")
