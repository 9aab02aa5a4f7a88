"""What a handler returns is answered with the status of the error."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware
from utilmeta.core.response.problem import status_of


def with_status(response, result, error):
    if not isinstance(result, type(response)):
        response.status = status_of(error)
    return response


hook_middleware.with_status = with_status
replace(
    hook_middleware.with_error_handlers,
    "return make_response(template, await handlers.recover(state, error), state.request)",
    "result = await handlers.recover(state, error)\n"
    "            return with_status(make_response(template, result, state.request), result, error)",
)
