"""A variable that is None in a request is what a startup hook has set."""

from mutation import replace
from utilmeta.core.concurrency import context

replace(context.inherit, "elif found is UNSET:", "elif found is UNSET or found is None:")
