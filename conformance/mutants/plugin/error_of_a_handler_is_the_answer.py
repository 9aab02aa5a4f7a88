"""What a handler raises goes to no other handler."""

from mutation import replace
from utilmeta.core.pipeline.chain import Handlers

replace(Handlers.recover, "error = caught(another)", "raise")
