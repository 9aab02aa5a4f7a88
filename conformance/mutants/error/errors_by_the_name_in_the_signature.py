"""A 400 calls a parameter what the endpoint's signature does, not what it was to be sent as."""

from mutation import replace
from utilmeta.core.request.parameters import parameter

replace(parameter.take, "parameter.sent_as, shown", "parameter.name, shown")
replace(parameter.absent, "parameter.sent_as", "parameter.name")
