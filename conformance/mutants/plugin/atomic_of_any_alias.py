"""orm.Atomic of a database that is not there fails at a request."""

from mutation import replace
from utilmeta.core.orm.atomic import AtomicRequests

replace(AtomicRequests.require, "if alias not in self.known:", "if not alias:")
