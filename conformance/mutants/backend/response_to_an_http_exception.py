"""A Response made of a framework's HTTP exception is a 500."""

from mutation import replace
from utilmeta.core.response import Response

replace(Response.__init__, "else checked_status(status_of(self.error))", 'else getattr(self.error, "status", 500)')
