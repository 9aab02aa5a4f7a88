"""Parameters of hooks are not bound: each is its default."""

from mutation import replace
from utilmeta.core.pipeline import middleware

replace(middleware.hook_step, "{} if bind is None else bind(passage.request, passage.values)", "{}")
