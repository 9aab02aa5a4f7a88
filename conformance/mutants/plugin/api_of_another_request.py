"""process_response and handle_error get the API that process_request has had last, for whichever request."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware


async def given(instances, make, state, depth, name):
    """The API of the last request that `process_request` was called for."""
    latest = vars(instances).setdefault("latest", {})
    if name == "process_request" or depth not in latest:
        await make(state, depth)
        latest[depth] = state.instances[depth]
    return latest[depth]


hook_middleware.given = given
replace(
    hook_middleware.plugin_call,
    "await make(state, depth)\n        return await process(argument, api=state.instances[depth])",
    "return await process(argument, api=await given(instances, make, state, depth, name))",
)
