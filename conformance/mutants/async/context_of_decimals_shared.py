"""What a startup hook has set for decimal numbers is one object for all requests, which each may change."""

from mutation import replace
from utilmeta.core.concurrency import context

replace(context.inherit, "value.copy()", "value")
