"""What a handler of an unknown path returns is answered with the status of the error."""

from mutation import replace
from utilmeta.core.pipeline import chain_compiler
from utilmeta.core.response.problem import status_of


def with_status(response, result, error):
    if not isinstance(result, type(response)):
        response.status = status_of(error)
    return response


chain_compiler.with_status = with_status
replace(
    chain_compiler.ChainCompiler.compile_recovery,
    "return make_response(template, result, request)",
    "return with_status(make_response(template, result, request), result, error)",
)
