"""What a handler raises goes to no other handler."""

from mutation import replace
from utilmeta.core.server.passage import Handlers

replace(Handlers.recover, "error = caught(another)", "raise")
