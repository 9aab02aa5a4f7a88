"""The instance of a class without an `__init__` of its own is made once, for all requests."""

from mutation import replace
from utilmeta.core.pipeline.request_state import Instances

replace(
    Instances.make,
    "made = state.instances[depth] = await maker.make(state.request, shared)",
    "made = await maker.make(state.request, shared)\n"
    "            if type(made).__init__ is API.__init__:\n"
    "                made = vars(self).setdefault('kept', {}).setdefault(depth, made)\n"
    "                made.request = state.request\n"
    "            state.instances[depth] = made",
)
