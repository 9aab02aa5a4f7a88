"""A hook that names an endpoint is around every endpoint of its class."""

from mutation import replace
from utilmeta.core.api.hook import HookFunction

replace(HookFunction.matching, " and endpoint.name == target", "")
